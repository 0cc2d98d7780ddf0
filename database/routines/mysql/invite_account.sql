-- An administrator lets a person of this practice in, or in again: an account of their sign-in name, with a
-- one-time code as a password that must be changed. It has no role before the person accepts (accept_invite).
-- Commits what the session had open.
CREATE PROCEDURE invite_account(
    IN person BINARY(16), IN code VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, IN hours INT)
    MODIFIES SQL DATA
BEGIN
    DECLARE the_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE account, credentials TEXT CHARACTER SET utf8mb4;
    DECLARE person_role, other_role VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE is_out, is_begun, is_foreign, is_ours, has_wanted BOOL;
    -- Somebody made an account of this name just now.
    DECLARE EXIT HANDLER FOR 1396 SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:account_exists';
    SELECT sign_in_name, disabled_at IS NOT NULL, account_at IS NOT NULL INTO the_name, is_out, is_begun
    FROM users WHERE uuid = person;
    IF the_name IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:no_person';
    END IF;
    IF is_out THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:shut_out';
    END IF;
    IF the_name = '' OR the_name REGEXP '[^[:alnum:]._-]' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:bad_name';
    END IF;
    IF code IS NULL OR CHAR_LENGTH(code) < 12 OR hours IS NULL OR hours NOT BETWEEN 1 AND 168 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:bad_code';
    END IF;
    SET person_role = CONCAT(DATABASE(), '_person');
    CALL account_of(the_name, '', is_foreign, is_ours, has_wanted, other_role);
    IF is_foreign OR (is_ours AND NOT is_begun) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:account_exists';
    END IF;
    -- No code is valid before the end of this: a session of whoever knows the old password must not accept it.
    UPDATE users SET account_at = COALESCE(account_at, UTC_TIMESTAMP(6)), code_until = '1970-01-01', pin_hash = NULL
    WHERE uuid = person;
    COMMIT;
    SET account = CONCAT(QUOTE(the_name), '@', QUOTE(CHAR(37 USING utf8mb4)));
    SET credentials = CONCAT(
        ' REQUIRE ',
        IF(EXISTS (SELECT 1 FROM settings WHERE setting_name = 'server_tls' AND setting_value = 'no'), 'NONE', 'SSL'),
        ' PASSWORD EXPIRE ACCOUNT UNLOCK',
        IF(LOCATE('MariaDB', VERSION()) > 0, '',
           ' FAILED_LOGIN_ATTEMPTS 5 PASSWORD_LOCK_TIME 1 PASSWORD HISTORY 5 PASSWORD REQUIRE CURRENT'));
    IF is_ours THEN
        BEGIN
            -- The same code once more, by whoever did not hear that it was taken.
            DECLARE EXIT HANDLER FOR 3638
            BEGIN
                CALL run_statement(CONCAT(
                    'ALTER USER ', account, ' IDENTIFIED BY ', QUOTE(code),
                    REPLACE(credentials, 'PASSWORD HISTORY 5', 'PASSWORD HISTORY 0')));
                CALL run_statement(CONCAT('ALTER USER ', account, ' PASSWORD HISTORY 5'));
            END;
            CALL run_statement(CONCAT('ALTER USER ', account, ' IDENTIFIED BY ', QUOTE(code), credentials));
        END;
    ELSEIF LOCATE('MariaDB', VERSION()) > 0 THEN
        CALL run_statement(CONCAT('CREATE USER ', account, ' IDENTIFIED BY ', QUOTE(code), credentials));
        CALL run_statement(CONCAT('GRANT `', person_role, '` TO ', account));
        CALL default_role(account, person_role);
    ELSE
        -- With its role in one statement, so that it is known as ours whatever happens next.
        CALL run_statement(CONCAT(
            'CREATE USER ', account, ' IDENTIFIED BY ', QUOTE(code), ' DEFAULT ROLE `', person_role, '`', credentials));
    END IF;
    CALL agree_account(person, TRUE);
    CALL end_sessions(the_name);
    UPDATE users SET code_until = UTC_TIMESTAMP(6) + INTERVAL hours HOUR WHERE uuid = person;
    COMMIT;
END
