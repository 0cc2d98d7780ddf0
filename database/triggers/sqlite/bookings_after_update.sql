-- A changed booking gives its slots back and takes those of its new time; a cancelled one only gives back.
CREATE TRIGGER bookings_after_update
AFTER UPDATE OF id, healer_id, room_id, booking_date, ends_at, buffer_before_minutes, buffer_after_minutes, status, lane
ON bookings
BEGIN
    DELETE FROM booking_slots WHERE booking_id IN (OLD.id, NEW.id);
    SELECT raise(ABORT, 'avenrae:no_resource')
    WHERE NEW.status NOT IN ('cancelled', 'no_show')
      AND NOT EXISTS (SELECT 1 FROM resources WHERE healer_id = NEW.healer_id);
    SELECT raise(ABORT, 'avenrae:slot_taken')
    WHERE NEW.status NOT IN ('cancelled', 'no_show')
      AND EXISTS (
        SELECT 1 FROM resources r JOIN booking_slots s ON s.resource_id = r.id
        WHERE (r.healer_id = NEW.healer_id OR r.id = NEW.room_id)
          AND s.lane = NEW.lane
          AND s.slot >= (CAST(strftime('%s', NEW.booking_date) AS INTEGER) - NEW.buffer_before_minutes * 60) / 300
          AND s.slot * 300 < CAST(strftime('%s', NEW.ends_at) AS INTEGER)
              + (strftime('%f', NEW.ends_at) > strftime('%S', NEW.ends_at) || '.000')
              + NEW.buffer_after_minutes * 60
      );
    -- json_each over an array of as many zeros as slots counts them: triggers may not use WITH RECURSIVE.
    INSERT INTO booking_slots (resource_id, slot, lane, booking_id)
    SELECT r.id,
           (CAST(strftime('%s', NEW.booking_date) AS INTEGER) - NEW.buffer_before_minutes * 60) / 300 + n.key,
           NEW.lane, NEW.id
    FROM resources r
    CROSS JOIN json_each('[' || substr(replace(hex(zeroblob(
        (CAST(strftime('%s', NEW.ends_at) AS INTEGER)
         + (strftime('%f', NEW.ends_at) > strftime('%S', NEW.ends_at) || '.000')
         + NEW.buffer_after_minutes * 60 + 299) / 300
        - (CAST(strftime('%s', NEW.booking_date) AS INTEGER) - NEW.buffer_before_minutes * 60) / 300
    )), '00', ',0'), 2) || ']') n
    WHERE NEW.status NOT IN ('cancelled', 'no_show')
      AND (r.healer_id = NEW.healer_id OR r.id = NEW.room_id);
END
