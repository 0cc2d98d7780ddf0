-- Makes a person's account agree with their rows: the lock with users.disabled_at, the role with user_roles (none
-- while a one-time code is open). Looks again after it, because statements on accounts commit by themselves and no
-- lock on the rows outlasts them.
CREATE PROCEDURE agree_account(IN person BINARY(16), IN is_ending_sessions BOOL)
    MODIFIES SQL DATA
BEGIN
    DECLARE the_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE account TEXT CHARACTER SET utf8mb4;
    DECLARE wanted, other_role, made VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE is_foreign, is_ours, has_wanted, is_out, was_out, is_changed, is_late BOOL;
    DECLARE tries INT DEFAULT 0;
    -- Somebody else gave or took a role at the same moment (not granted: MySQL; cannot be revoked, no such role of
    -- theirs: MariaDB).
    DECLARE CONTINUE HANDLER FOR 3530, 1962, 1959 SET is_late = TRUE;
    again: WHILE tries < 8 DO
        SET the_name = NULL, is_late = FALSE, tries = tries + 1;
        SELECT u.sign_in_name, u.disabled_at IS NOT NULL,
               CASE WHEN u.disabled_at IS NOT NULL OR u.code_until IS NOT NULL THEN ''
                    WHEN COALESCE(SUM(r.role = 'admin'), 0) > 0 THEN CONCAT(DATABASE(), '_admin')
                    WHEN COALESCE(SUM(r.role = 'healer'), 0) > 0 AND SUM(r.role = 'front_desk') > 0
                        THEN CONCAT(DATABASE(), '_healer_desk')
                    WHEN COALESCE(SUM(r.role = 'healer'), 0) > 0 THEN CONCAT(DATABASE(), '_healer')
                    WHEN COALESCE(SUM(r.role = 'front_desk'), 0) > 0 THEN CONCAT(DATABASE(), '_front_desk')
                    ELSE '' END
        INTO the_name, is_out, wanted
        FROM users u LEFT JOIN user_roles r ON r.user_id = u.id AND r.ended_at IS NULL
        WHERE u.uuid = person AND u.account_at IS NOT NULL
        GROUP BY u.id, u.sign_in_name, u.disabled_at, u.code_until;
        IF the_name IS NULL OR (wanted <=> made AND is_out <=> was_out) THEN
            LEAVE again;
        END IF;
        CALL account_of(the_name, wanted, is_foreign, is_ours, has_wanted, other_role);
        IF NOT is_ours THEN
            LEAVE again;
        END IF;
        SET account = CONCAT(QUOTE(the_name), '@', QUOTE(CHAR(37 USING utf8mb4)));
        IF is_out OR is_ending_sessions THEN
            CALL run_statement(CONCAT('ALTER USER ', account, IF(is_out, ' ACCOUNT LOCK', ' ACCOUNT UNLOCK')));
        END IF;
        SET is_changed = other_role IS NOT NULL OR (wanted <> '' AND NOT has_wanted);
        -- Give, then make it the one to begin with, then take: wherever this breaks off, they begin with a role.
        IF wanted <> '' AND NOT has_wanted THEN
            CALL run_statement(CONCAT('GRANT `', wanted, '` TO ', account));
        END IF;
        CALL default_role(account, IF(wanted = '', CONCAT(DATABASE(), '_person'), wanted));
        WHILE other_role IS NOT NULL DO
            CALL run_statement(CONCAT('REVOKE `', other_role, '` FROM ', account));
            CALL account_of(the_name, wanted, is_foreign, is_ours, has_wanted, other_role);
        END WHILE;
        IF is_ending_sessions AND (is_out OR is_changed) THEN
            CALL end_sessions(the_name);
        END IF;
        SET made = IF(is_late, NULL, wanted), was_out = is_out;
        -- What others committed meanwhile is seen by the next look.
        COMMIT;
    END WHILE;
END
