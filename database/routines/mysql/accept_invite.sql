-- The person, after choosing a password of their own: the code is used up, and they get their role. Done again it
-- changes nothing, or ends what broke off.
CREATE PROCEDURE accept_invite()
    MODIFIES SQL DATA
BEGIN
    DECLARE me BINARY(16);
    DECLARE is_out BOOL;
    DECLARE valid_until DATETIME(6);
    SELECT uuid, disabled_at IS NOT NULL, code_until INTO me, is_out, valid_until
    FROM users WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL;
    IF me IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:no_person';
    END IF;
    IF is_out THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:shut_out';
    END IF;
    IF valid_until < UTC_TIMESTAMP(6) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:code_over';
    END IF;
    UPDATE users SET code_until = NULL WHERE uuid = me AND code_until = valid_until;
    COMMIT;
    CALL agree_account(me, FALSE);
END
