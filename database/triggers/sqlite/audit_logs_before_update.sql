CREATE TRIGGER audit_logs_before_update BEFORE UPDATE ON audit_logs
BEGIN
    SELECT raise(ABORT, 'avenrae:append_only');
END
