-- A changed booking gives its slots back and takes those of its new time; a cancelled one only gives back.
-- No column list (UPDATE OF ...): SET rowid = ... changes the id under another name and would slip past it.
CREATE TRIGGER bookings_after_update AFTER UPDATE ON bookings
WHEN (NEW.id, NEW.healer_id, NEW.room_id, NEW.booking_date, NEW.ends_at, NEW.buffer_before_minutes,
      NEW.buffer_after_minutes, NEW.status, NEW.lane)
     IS NOT (OLD.id, OLD.healer_id, OLD.room_id, OLD.booking_date, OLD.ends_at, OLD.buffer_before_minutes,
             OLD.buffer_after_minutes, OLD.status, OLD.lane)
BEGIN
    DELETE FROM booking_slots WHERE booking_id IN (OLD.id, NEW.id);
    -- Slots are computed from the text: a time in any other spelling would take none, and compare wrongly with others.
    SELECT raise(ABORT, 'avenrae:bad_time')
    WHERE (NEW.booking_date GLOB '????-??-?? ??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]'
           AND NEW.ends_at GLOB '????-??-?? ??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]'
           AND strftime('%Y-%m-%d %H:%M:%S', substr(NEW.booking_date, 1, 19)) = substr(NEW.booking_date, 1, 19)
           AND strftime('%Y-%m-%d %H:%M:%S', substr(NEW.ends_at, 1, 19)) = substr(NEW.ends_at, 1, 19)
           AND NEW.ends_at > NEW.booking_date
           AND strftime('%s', substr(NEW.booking_date, 1, 19)) - NEW.buffer_before_minutes * 60 >= 0
           AND typeof(NEW.buffer_before_minutes) = 'integer' AND NEW.buffer_before_minutes >= 0
           AND typeof(NEW.buffer_after_minutes) = 'integer' AND NEW.buffer_after_minutes >= 0
           AND typeof(NEW.lane) = 'integer') IS NOT TRUE;
    SELECT raise(ABORT, 'avenrae:no_resource')
    WHERE NEW.status NOT IN ('cancelled', 'no_show')
      AND NOT EXISTS (SELECT 1 FROM resources WHERE healer_id = NEW.healer_id);
    SELECT raise(ABORT, 'avenrae:slot_taken')
    FROM (SELECT (strftime('%s', substr(NEW.booking_date, 1, 19)) - NEW.buffer_before_minutes * 60) / 300 AS first,
                 (strftime('%s', substr(NEW.ends_at, 1, 19)) + (substr(NEW.ends_at, 21) > '000000')
                  + NEW.buffer_after_minutes * 60 + 299) / 300 AS stop) span
    WHERE NEW.status NOT IN ('cancelled', 'no_show')
      AND EXISTS (
        SELECT 1 FROM resources r JOIN booking_slots s ON s.resource_id = r.id
        WHERE (r.healer_id = NEW.healer_id OR r.id = NEW.room_id)
          AND s.lane = NEW.lane AND s.slot >= span.first AND s.slot < span.stop
      );
    -- json_each over an array of as many zeros as slots counts them: triggers may not use WITH RECURSIVE.
    INSERT INTO booking_slots (resource_id, slot, lane, booking_id)
    SELECT r.id, span.first + n.key, NEW.lane, NEW.id
    FROM (SELECT (strftime('%s', substr(NEW.booking_date, 1, 19)) - NEW.buffer_before_minutes * 60) / 300 AS first,
                 (strftime('%s', substr(NEW.ends_at, 1, 19)) + (substr(NEW.ends_at, 21) > '000000')
                  + NEW.buffer_after_minutes * 60 + 299) / 300 AS stop) span
    JOIN resources r ON r.healer_id = NEW.healer_id OR r.id = NEW.room_id
    CROSS JOIN json_each('[' || substr(replace(hex(zeroblob(span.stop - span.first)), '00', ',0'), 2) || ']') n
    WHERE NEW.status NOT IN ('cancelled', 'no_show');
END
