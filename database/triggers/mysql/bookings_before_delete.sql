-- The foreign keys do this too, but only where foreign keys are switched on.
CREATE TRIGGER bookings_before_delete BEFORE DELETE ON bookings FOR EACH ROW
    IF EXISTS (SELECT 1 FROM transactions WHERE booking_id = OLD.id) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:never_deleted';
    END IF
