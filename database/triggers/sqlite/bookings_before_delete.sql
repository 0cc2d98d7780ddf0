-- The foreign keys do this too, but only where foreign keys are switched on.
CREATE TRIGGER bookings_before_delete BEFORE DELETE ON bookings
WHEN EXISTS (SELECT 1 FROM transactions WHERE booking_id = OLD.id)
BEGIN
    SELECT raise(ABORT, 'avenrae:never_deleted');
END
