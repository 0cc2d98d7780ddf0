CREATE TRIGGER commands_before_update BEFORE UPDATE ON commands
BEGIN
    SELECT raise(ABORT, 'avenrae:append_only');
END
