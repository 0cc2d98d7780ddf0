-- The foreign key does this too, but only where foreign keys are switched on.
CREATE TRIGGER bookings_after_delete AFTER DELETE ON bookings FOR EACH ROW
    DELETE FROM booking_slots WHERE booking_id = OLD.id
