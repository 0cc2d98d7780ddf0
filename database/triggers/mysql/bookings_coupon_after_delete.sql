-- What is cancelled uses no coupon.
CREATE TRIGGER bookings_coupon_after_delete AFTER DELETE ON bookings FOR EACH ROW
    IF OLD.coupon_id IS NOT NULL AND OLD.status <> 'cancelled' THEN
        CALL use_coupon(OLD.coupon_id, -1);
    END IF
