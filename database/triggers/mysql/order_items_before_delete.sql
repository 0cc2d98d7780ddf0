-- An item that is not wanted after all comes back: returned_quantity and restocked_quantity.
CREATE TRIGGER order_items_before_delete BEFORE DELETE ON order_items FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:never_deleted'
