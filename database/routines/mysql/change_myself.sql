-- The caller's own name and e-mail address, unless somebody changed the row after the version that they saw. The
-- healer's time, which bookings occupy, is called like the healer.
CREATE PROCEDURE change_myself(
    IN seen_version INT, IN the_first VARCHAR(100), IN the_last VARCHAR(100),
    IN the_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)
    MODIFIES SQL DATA
BEGIN
    DECLARE me INT;
    SET me = (
        SELECT id FROM users WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL);
    UPDATE users SET version = version + 1, first_name = the_first, last_name = the_last, email = the_email
    WHERE id = me AND version = seen_version;
    IF ROW_COUNT() = 0 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:edited_meanwhile';
    END IF;
    UPDATE resources SET version = version + 1, resource_name = LEFT(TRIM(CONCAT(the_first, ' ', the_last)), 150)
    WHERE healer_id = (SELECT id FROM healers WHERE user_id = me);
END
