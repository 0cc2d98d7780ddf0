-- Registrations name the event, and their triggers alone count its seats.
CREATE TRIGGER events_before_update BEFORE UPDATE ON events
BEGIN
    SELECT raise(ABORT, 'avenrae:key_is_fixed') WHERE NEW.id IS NOT OLD.id;
    SELECT raise(ABORT, 'avenrae:never_deleted')
    WHERE EXISTS (SELECT 1 FROM events WHERE uuid = NEW.uuid AND id <> OLD.id);
    SELECT raise(ABORT, 'avenrae:bad_number')
    WHERE NEW.max_capacity IS NOT NULL AND typeof(NEW.max_capacity) <> 'integer';
    SELECT raise(ABORT, 'avenrae:counted_by_triggers')
    WHERE NEW.seats_taken IS NOT OLD.seats_taken
      AND NEW.seats_taken IS NOT (
        SELECT coalesce(sum(seats), 0) FROM event_registrations
        WHERE event_id = NEW.id AND status IN ('registered', 'attended', 'no_show'));
END
