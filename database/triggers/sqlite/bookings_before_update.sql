-- Entries of the ledger name it; what was paid is what they say.
CREATE TRIGGER bookings_before_update BEFORE UPDATE ON bookings
BEGIN
    SELECT raise(ABORT, 'avenrae:key_is_fixed')
    WHERE NEW.id IS NOT OLD.id AND (OLD.coupon_id IS NOT NULL
                                    OR EXISTS (SELECT 1 FROM transactions WHERE booking_id = OLD.id));
    SELECT raise(ABORT, 'avenrae:never_deleted')
    WHERE EXISTS (SELECT 1 FROM bookings b WHERE b.id <> OLD.id AND (b.uuid = NEW.uuid OR b.id = NEW.id)
                  AND (b.coupon_id IS NOT NULL OR EXISTS (SELECT 1 FROM transactions WHERE booking_id = b.id)));
    SELECT raise(ABORT, 'avenrae:kept_by_the_ledger')
    WHERE (NEW.paid_amount, NEW.refunded_amount) IS NOT (OLD.paid_amount, OLD.refunded_amount)
      AND (NEW.paid_amount, NEW.refunded_amount) IS NOT (
        SELECT coalesce(sum(amount) FILTER (WHERE kind = 'payment'), 0),
               coalesce(-sum(amount) FILTER (WHERE kind = 'refund'), 0)
        FROM transactions WHERE booking_id = NEW.id);
END
