-- Coupons are switched off (is_active). A new row in the place of this one could be used anew.
CREATE TRIGGER coupons_before_delete BEFORE DELETE ON coupons FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:never_deleted'
