-- An administrator makes a person's account agree with their rows; also frees it after too many wrong passwords.
-- Ends their sessions when they are shut out or get another role. Commits what the session had open.
CREATE PROCEDURE settle_account(IN person BINARY(16))
    MODIFIES SQL DATA
BEGIN
    DECLARE the_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE other_role VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE is_foreign, is_ours, has_wanted BOOL;
    SELECT sign_in_name INTO the_name FROM users WHERE uuid = person AND account_at IS NOT NULL;
    IF the_name IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:no_person';
    END IF;
    CALL account_of(the_name, '', is_foreign, is_ours, has_wanted, other_role);
    -- Beside their own there may be somebody else's by now; that must not keep a person in.
    IF is_foreign AND NOT is_ours THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:account_exists';
    END IF;
    CALL agree_account(person, TRUE);
END
