CREATE TRIGGER commands_before_delete BEFORE DELETE ON commands
BEGIN
    SELECT raise(ABORT, 'avenrae:append_only');
END
