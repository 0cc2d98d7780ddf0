CREATE TRIGGER event_registrations_after_insert AFTER INSERT ON event_registrations FOR EACH ROW
    IF NEW.status IN ('registered', 'attended', 'no_show') THEN
        CALL take_seats(NEW.event_id, NEW.seats);
    END IF
