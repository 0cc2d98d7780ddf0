-- Registrations are cancelled.
CREATE TRIGGER event_registrations_before_delete BEFORE DELETE ON event_registrations FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:never_deleted'
