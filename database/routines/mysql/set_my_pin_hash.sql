-- The hash of the caller's own PIN; NULL removes it.
CREATE PROCEDURE set_my_pin_hash(IN the_hash VARCHAR(255) CHARACTER SET utf8mb4)
    MODIFIES SQL DATA
BEGIN
    UPDATE users SET pin_hash = the_hash
    WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL;
END
