-- Nothing is paid before the ledger says so; a label may come with it from another program.
-- OR REPLACE would remove the older row without its delete trigger unless recursive triggers are on.
CREATE TRIGGER bookings_before_insert BEFORE INSERT ON bookings
BEGIN
    SELECT raise(ABORT, 'avenrae:never_deleted')
    WHERE EXISTS (SELECT 1 FROM bookings b WHERE (b.uuid = NEW.uuid OR b.id = NEW.id)
                  AND (b.coupon_id IS NOT NULL OR EXISTS (SELECT 1 FROM transactions WHERE booking_id = b.id)));
    SELECT raise(ABORT, 'avenrae:kept_by_the_ledger')
    WHERE NEW.paid_amount IS NOT 0 OR NEW.refunded_amount IS NOT 0;
END
