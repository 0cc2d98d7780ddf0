-- Counts a use of a coupon, or takes one back (-1). Called by the triggers of what uses coupons only. The variables tell
-- the trigger of coupons who counts.
CREATE PROCEDURE use_coupon(IN coupon INT, IN uses INT)
    MODIFIES SQL DATA
BEGIN
    DECLARE most, used INT;
    IF coupon IS NOT NULL AND uses <> 0 THEN
        SELECT max_uses, used_count INTO most, used FROM coupons WHERE id = coupon FOR UPDATE;
        IF used IS NULL OR (uses > 0 AND used + uses > most) THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:coupon_used_up';
        END IF;
        SET @avenrae_coupon = coupon, @avenrae_used_count = used + uses;
        UPDATE coupons SET used_count = used + uses WHERE id = coupon;
        SET @avenrae_coupon = NULL;
    END IF;
END
