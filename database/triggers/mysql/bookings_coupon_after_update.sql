-- What is cancelled uses no coupon.
CREATE TRIGGER bookings_coupon_after_update AFTER UPDATE ON bookings FOR EACH ROW
    IF NOT (NEW.coupon_id <=> OLD.coupon_id) OR (NEW.status = 'cancelled') <> (OLD.status = 'cancelled') THEN
        CALL use_coupon(OLD.coupon_id, IF(OLD.status = 'cancelled', 0, -1));
        CALL use_coupon(NEW.coupon_id, IF(NEW.status = 'cancelled', 0, 1));
    END IF
