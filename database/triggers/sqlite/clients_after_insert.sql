-- Everybody's roles stand in user_roles, clients' too.
CREATE TRIGGER clients_after_insert AFTER INSERT ON clients
BEGIN
    INSERT OR IGNORE INTO user_roles (user_id, role, created_at) VALUES (NEW.user_id, 'client', NEW.created_at);
END
