-- Nobody who signs in with an account of the practice writes in another's name.
CREATE TRIGGER commands_before_insert BEFORE INSERT ON commands FOR EACH ROW
BEGIN
    DECLARE me INT DEFAULT (
        SELECT id FROM users WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL);
    IF me IS NOT NULL AND NOT (me <=> NEW.actor_id) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:not_you';
    END IF;
END
