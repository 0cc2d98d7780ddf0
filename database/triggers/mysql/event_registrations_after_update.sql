-- The row is read again, because MariaDB calls this trigger also for a row that UPDATE IGNORE has left as it was.
CREATE TRIGGER event_registrations_after_update AFTER UPDATE ON event_registrations FOR EACH ROW
BEGIN
    DECLARE held INT;
    SELECT IF(status IN ('registered', 'attended', 'no_show'), seats, 0) INTO held
    FROM event_registrations WHERE id = NEW.id LOCK IN SHARE MODE;
    CALL take_seats(OLD.event_id, held - IF(OLD.status IN ('registered', 'attended', 'no_show'), OLD.seats, 0));
END
