-- Bookings, orders and registrations name the coupon, and their triggers alone count its uses.
CREATE TRIGGER coupons_before_update BEFORE UPDATE ON coupons
BEGIN
    SELECT raise(ABORT, 'avenrae:key_is_fixed') WHERE NEW.id IS NOT OLD.id;
    SELECT raise(ABORT, 'avenrae:never_deleted')
    WHERE EXISTS (SELECT 1 FROM coupons WHERE id <> OLD.id AND (uuid = NEW.uuid OR code = NEW.code));
    SELECT raise(ABORT, 'avenrae:bad_number') WHERE NEW.max_uses IS NOT NULL AND typeof(NEW.max_uses) <> 'integer';
    SELECT raise(ABORT, 'avenrae:counted_by_triggers')
    WHERE NEW.used_count IS NOT OLD.used_count
      AND NEW.used_count IS NOT (
        (SELECT count(*) FROM bookings WHERE coupon_id = NEW.id AND status <> 'cancelled')
        + (SELECT count(*) FROM orders WHERE coupon_id = NEW.id AND status <> 'cancelled')
        + (SELECT count(*) FROM event_registrations WHERE coupon_id = NEW.id AND status <> 'cancelled'));
END
