-- The row is read again, because MariaDB calls this trigger also for a row that UPDATE IGNORE has left as it was.
CREATE TRIGGER bookings_after_update AFTER UPDATE ON bookings FOR EACH ROW
BEGIN
    DECLARE is_written BOOL;
    IF NOT (NEW.id = OLD.id AND NEW.healer_id = OLD.healer_id AND NEW.room_id <=> OLD.room_id
            AND NEW.booking_date = OLD.booking_date AND NEW.ends_at = OLD.ends_at
            AND NEW.buffer_before_minutes = OLD.buffer_before_minutes
            AND NEW.buffer_after_minutes = OLD.buffer_after_minutes
            AND NEW.status = OLD.status AND NEW.lane = OLD.lane) THEN
        SELECT COUNT(*) INTO is_written FROM bookings
        WHERE id = NEW.id AND uuid = NEW.uuid AND healer_id = NEW.healer_id AND room_id <=> NEW.room_id
          AND booking_date = NEW.booking_date AND ends_at = NEW.ends_at AND status = NEW.status AND lane = NEW.lane
          AND buffer_before_minutes = NEW.buffer_before_minutes AND buffer_after_minutes = NEW.buffer_after_minutes
        LOCK IN SHARE MODE;
        IF is_written THEN
            DELETE FROM booking_slots WHERE booking_id IN (OLD.id, NEW.id);
            IF NEW.status NOT IN ('cancelled', 'no_show') THEN
                CALL take_slots(NEW.id, NEW.healer_id, NEW.room_id, NEW.lane, NEW.booking_date, NEW.ends_at,
                                NEW.buffer_before_minutes, NEW.buffer_after_minutes);
            END IF;
        END IF;
    END IF;
END
