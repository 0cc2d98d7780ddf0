CREATE TRIGGER events_before_insert BEFORE INSERT ON events FOR EACH ROW
    IF NEW.seats_taken <> 0 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:counted_by_triggers';
    END IF
