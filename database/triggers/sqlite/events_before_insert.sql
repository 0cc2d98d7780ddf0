-- OR REPLACE would remove the older row without its delete trigger unless recursive triggers are on.
CREATE TRIGGER events_before_insert BEFORE INSERT ON events
BEGIN
    SELECT raise(ABORT, 'avenrae:never_deleted')
    WHERE EXISTS (SELECT 1 FROM events WHERE uuid = NEW.uuid OR id = NEW.id);
    SELECT raise(ABORT, 'avenrae:counted_by_triggers') WHERE NEW.seats_taken IS NOT 0;
    SELECT raise(ABORT, 'avenrae:bad_number')
    WHERE NEW.max_capacity IS NOT NULL AND typeof(NEW.max_capacity) <> 'integer';
END
