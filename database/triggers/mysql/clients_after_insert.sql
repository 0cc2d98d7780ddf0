-- Whoever adds a client must not need a right on roles: with it they could give themselves any.
CREATE TRIGGER clients_after_insert AFTER INSERT ON clients FOR EACH ROW
    INSERT IGNORE INTO user_roles (user_id, role, created_at) VALUES (NEW.user_id, 'client', NEW.created_at)
