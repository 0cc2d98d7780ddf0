-- Ends every session of a name but the one that asks.
CREATE PROCEDURE end_sessions(IN the_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)
    READS SQL DATA
BEGIN
    DECLARE session_id BIGINT UNSIGNED;
    DECLARE no_more BOOL DEFAULT FALSE;
    DECLARE sessions CURSOR FOR
        SELECT id FROM information_schema.processlist
        -- The server's own comparison would take Anna for anna.
        WHERE CONVERT(user USING utf8mb4) COLLATE utf8mb4_bin = the_name AND id <> CONNECTION_ID();
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET no_more = TRUE;
    -- It ended by itself meanwhile.
    DECLARE CONTINUE HANDLER FOR 1094 BEGIN END;
    OPEN sessions;
    each_session: LOOP
        FETCH sessions INTO session_id;
        IF no_more THEN
            LEAVE each_session;
        END IF;
        KILL CONNECTION session_id;
    END LOOP;
    CLOSE sessions;
END
