-- Bookings, orders and registrations name the coupon, and their triggers alone count its uses.
CREATE TRIGGER coupons_before_update BEFORE UPDATE ON coupons FOR EACH ROW
BEGIN
    IF NEW.id <> OLD.id THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:key_is_fixed';
    END IF;
    IF NEW.used_count <> OLD.used_count
       AND NOT (@avenrae_coupon <=> NEW.id AND @avenrae_used_count <=> NEW.used_count) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:counted_by_triggers';
    END IF;
END
