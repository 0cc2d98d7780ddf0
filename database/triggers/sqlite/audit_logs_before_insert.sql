-- OR REPLACE would remove the older row without its delete trigger unless recursive triggers are on.
CREATE TRIGGER audit_logs_before_insert BEFORE INSERT ON audit_logs
WHEN EXISTS (SELECT 1 FROM audit_logs WHERE uuid = NEW.uuid OR id = NEW.id)
BEGIN
    SELECT raise(ABORT, 'avenrae:append_only');
END
