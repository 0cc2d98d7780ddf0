-- What is cancelled uses no coupon.
-- The row is read again, because MariaDB calls this trigger also for a row that UPDATE IGNORE has left as it was.
CREATE TRIGGER event_registrations_coupon_after_update AFTER UPDATE ON event_registrations FOR EACH ROW
BEGIN
    DECLARE coupon INT;
    DECLARE uses BOOL;
    IF NOT (NEW.coupon_id <=> OLD.coupon_id) OR (NEW.status = 'cancelled') <> (OLD.status = 'cancelled') THEN
        SELECT coupon_id, status <> 'cancelled' INTO coupon, uses FROM event_registrations WHERE id = NEW.id LOCK IN SHARE MODE;
        IF NOT (coupon <=> OLD.coupon_id) OR uses = (OLD.status = 'cancelled') THEN
            CALL use_coupon(OLD.coupon_id, IF(OLD.status = 'cancelled', 0, -1));
            CALL use_coupon(coupon, uses);
        END IF;
    END IF;
END
