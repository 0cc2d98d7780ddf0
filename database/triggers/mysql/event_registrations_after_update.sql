CREATE TRIGGER event_registrations_after_update AFTER UPDATE ON event_registrations FOR EACH ROW
    CALL take_seats(NEW.event_id, IF(NEW.status IN ('registered', 'attended', 'no_show'), NEW.seats, 0)
                                  - IF(OLD.status IN ('registered', 'attended', 'no_show'), OLD.seats, 0))
