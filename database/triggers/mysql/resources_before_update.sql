-- Slots name the resource: a healer's resource that changed hands would leave their bookings behind.
CREATE TRIGGER resources_before_update BEFORE UPDATE ON resources FOR EACH ROW
    IF NOT (NEW.id = OLD.id AND NEW.healer_id <=> OLD.healer_id) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:resource_is_fixed';
    END IF
