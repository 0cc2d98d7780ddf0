-- What is cancelled uses no coupon. raise(ABORT) comes first, because an outer OR IGNORE would let the CHECK of the inner
-- UPDATE pass in silence.
CREATE TRIGGER orders_coupon_after_update AFTER UPDATE ON orders
WHEN NEW.coupon_id IS NOT OLD.coupon_id OR (NEW.status = 'cancelled') <> (OLD.status = 'cancelled')
BEGIN
    SELECT raise(ABORT, 'avenrae:coupon_used_up')
    WHERE NEW.coupon_id IS NOT NULL AND NEW.status <> 'cancelled'
      AND (SELECT max_uses IS NULL OR used_count < max_uses FROM coupons WHERE id = NEW.coupon_id) IS NOT TRUE;
    UPDATE coupons
    SET used_count = used_count - (id IS OLD.coupon_id AND OLD.status <> 'cancelled')
                                + (id IS NEW.coupon_id AND NEW.status <> 'cancelled')
    WHERE id IN (OLD.coupon_id, NEW.coupon_id);
END
