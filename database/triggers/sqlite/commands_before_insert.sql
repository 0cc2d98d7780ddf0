-- OR REPLACE would remove the older row without its delete trigger unless recursive triggers are on.
CREATE TRIGGER commands_before_insert BEFORE INSERT ON commands
WHEN EXISTS (SELECT 1 FROM commands WHERE uuid = NEW.uuid OR id = NEW.id OR undoes = NEW.undoes)
BEGIN
    SELECT raise(ABORT, 'avenrae:append_only');
END
