-- What the set-up wrote is not for the people of the practice to change.
CREATE TRIGGER settings_before_insert BEFORE INSERT ON settings FOR EACH ROW
    IF (NEW.setting_name = 'schema_version' OR LEFT(NEW.setting_name, 7) = 'server_')
       AND EXISTS (SELECT 1 FROM users WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL)
    THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:set_up_only';
    END IF
