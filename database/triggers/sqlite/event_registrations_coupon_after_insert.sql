-- What is cancelled uses no coupon. raise(ABORT) comes first, because an outer OR IGNORE would let the CHECK of the inner
-- UPDATE pass in silence.
CREATE TRIGGER event_registrations_coupon_after_insert AFTER INSERT ON event_registrations
WHEN NEW.coupon_id IS NOT NULL
BEGIN
    SELECT raise(ABORT, 'avenrae:coupon_used_up')
    WHERE NEW.coupon_id IS NOT NULL AND NEW.status <> 'cancelled'
      AND (SELECT max_uses IS NULL OR used_count < max_uses FROM coupons WHERE id = NEW.coupon_id) IS NOT TRUE;
    UPDATE coupons SET used_count = used_count + 1 WHERE id = NEW.coupon_id AND NEW.status <> 'cancelled';
END
