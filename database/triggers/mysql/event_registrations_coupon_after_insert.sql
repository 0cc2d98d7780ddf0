-- What is cancelled uses no coupon.
CREATE TRIGGER event_registrations_coupon_after_insert AFTER INSERT ON event_registrations FOR EACH ROW
    IF NEW.coupon_id IS NOT NULL AND NEW.status <> 'cancelled' THEN
        CALL use_coupon(NEW.coupon_id, 1);
    END IF
