-- The caller's window is open, with this record open for editing in it (or none).
CREATE PROCEDURE i_am_here(
    IN the_window BINARY(16), IN the_kind VARCHAR(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN the_record BINARY(16))
    MODIFIES SQL DATA
BEGIN
    DECLARE me INT;
    DECLARE at_present DATETIME(6) DEFAULT UTC_TIMESTAMP(6);
    SET me = (
        SELECT id FROM users WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL);
    IF me IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:no_person';
    END IF;
    UPDATE presence SET record_kind = the_kind, record_uuid = the_record, seen_at = at_present
    WHERE uuid = the_window AND user_id = me;
    IF ROW_COUNT() = 0 THEN
        DELETE FROM presence WHERE seen_at < at_present - INTERVAL 1 DAY;
        INSERT INTO presence (uuid, user_id, record_kind, record_uuid, seen_at, created_at)
        VALUES (the_window, me, the_kind, the_record, at_present, at_present);
    END IF;
    -- Not at each beat: everybody's screens would wait for each other at this row.
    UPDATE users SET seen_at = at_present
    WHERE id = me AND (seen_at IS NULL OR seen_at < at_present - INTERVAL 1 MINUTE);
END
