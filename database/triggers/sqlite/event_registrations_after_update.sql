-- raise(ABORT) comes first, because an outer OR IGNORE would let the CHECK of the inner UPDATE pass in silence.
CREATE TRIGGER event_registrations_after_update AFTER UPDATE ON event_registrations
WHEN (NEW.seats, NEW.status) IS NOT (OLD.seats, OLD.status)
BEGIN
    SELECT raise(ABORT, 'avenrae:bad_number') WHERE typeof(NEW.seats) <> 'integer';
    SELECT raise(ABORT, 'avenrae:event_full')
    FROM (SELECT (NEW.status IN ('registered', 'attended', 'no_show')) * NEW.seats
                 - (OLD.status IN ('registered', 'attended', 'no_show')) * OLD.seats AS more) change
    WHERE change.more > 0
      AND (SELECT max_capacity IS NULL OR seats_taken + change.more <= max_capacity FROM events
           WHERE id = NEW.event_id) IS NOT TRUE;
    UPDATE events
    SET seats_taken = seats_taken + (NEW.status IN ('registered', 'attended', 'no_show')) * NEW.seats
                                  - (OLD.status IN ('registered', 'attended', 'no_show')) * OLD.seats
    WHERE id = NEW.event_id;
END
