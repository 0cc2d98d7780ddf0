-- OR REPLACE would remove the older row without its delete trigger unless recursive triggers are on.
CREATE TRIGGER resources_before_insert BEFORE INSERT ON resources
WHEN EXISTS (SELECT 1 FROM resources WHERE uuid = NEW.uuid OR id = NEW.id OR healer_id = NEW.healer_id)
BEGIN
    SELECT raise(ABORT, 'avenrae:resource_is_fixed');
END
