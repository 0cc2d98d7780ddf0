CREATE TRIGGER transactions_before_delete BEFORE DELETE ON transactions FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:append_only'
