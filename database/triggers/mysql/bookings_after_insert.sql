CREATE TRIGGER bookings_after_insert AFTER INSERT ON bookings FOR EACH ROW
BEGIN
    IF NEW.status NOT IN ('cancelled', 'no_show') THEN
        CALL take_slots(NEW.id, NEW.healer_id, NEW.room_id, NEW.lane, NEW.booking_date, NEW.ends_at,
                        NEW.buffer_before_minutes, NEW.buffer_after_minutes);
    END IF;
END
