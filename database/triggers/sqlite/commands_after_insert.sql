-- Every command leaves its line in the audit trail; nothing can be written without one.
CREATE TRIGGER commands_after_insert AFTER INSERT ON commands
BEGIN
    INSERT INTO audit_logs (uuid, user_id, action, detail, command_uuid, created_at)
    VALUES (NEW.uuid, NEW.actor_id, NEW.kind, NEW.body, NEW.uuid, NEW.created_at);
END
