-- The hash of the caller's own PIN.
CREATE PROCEDURE my_pin_hash()
    READS SQL DATA
BEGIN
    SELECT pin_hash FROM users WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL;
END
