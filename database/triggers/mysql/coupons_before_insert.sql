CREATE TRIGGER coupons_before_insert BEFORE INSERT ON coupons FOR EACH ROW
    IF NEW.used_count <> 0 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:counted_by_triggers';
    END IF
