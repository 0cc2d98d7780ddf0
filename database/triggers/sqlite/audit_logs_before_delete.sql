CREATE TRIGGER audit_logs_before_delete BEFORE DELETE ON audit_logs
BEGIN
    SELECT raise(ABORT, 'avenrae:append_only');
END
