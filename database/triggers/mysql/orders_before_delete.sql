-- Orders are cancelled. What their items hold would be lost with them.
CREATE TRIGGER orders_before_delete BEFORE DELETE ON orders FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:never_deleted'
