-- raise(ABORT) comes first, because an outer OR IGNORE would let the CHECK of the inner UPDATE pass in silence.
CREATE TRIGGER event_registrations_after_insert AFTER INSERT ON event_registrations
WHEN NEW.status IN ('registered', 'attended', 'no_show')
BEGIN
    SELECT raise(ABORT, 'avenrae:bad_number') WHERE typeof(NEW.seats) <> 'integer';
    SELECT raise(ABORT, 'avenrae:event_full')
    WHERE (SELECT max_capacity IS NULL OR seats_taken + NEW.seats <= max_capacity FROM events
           WHERE id = NEW.event_id) IS NOT TRUE;
    UPDATE events SET seats_taken = seats_taken + NEW.seats WHERE id = NEW.event_id;
END
