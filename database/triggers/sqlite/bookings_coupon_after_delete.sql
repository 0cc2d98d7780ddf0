CREATE TRIGGER bookings_coupon_after_delete AFTER DELETE ON bookings
WHEN OLD.coupon_id IS NOT NULL
BEGIN
    UPDATE coupons SET used_count = used_count - 1 WHERE id = OLD.coupon_id AND OLD.status <> 'cancelled';
END
