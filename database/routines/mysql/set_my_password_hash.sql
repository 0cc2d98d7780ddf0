-- The hash of the caller's own password.
CREATE PROCEDURE set_my_password_hash(IN the_hash VARCHAR(255) CHARACTER SET utf8mb4)
    MODIFIES SQL DATA
BEGIN
    UPDATE users SET password_hash = the_hash
    WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL;
END
