-- Registrations name the event, and their triggers alone count its seats.
CREATE TRIGGER events_before_update BEFORE UPDATE ON events FOR EACH ROW
BEGIN
    IF NEW.id <> OLD.id THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:key_is_fixed';
    END IF;
    IF NEW.seats_taken <> OLD.seats_taken
       AND NOT (@avenrae_event <=> NEW.id AND @avenrae_seats_taken <=> NEW.seats_taken) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:counted_by_triggers';
    END IF;
END
