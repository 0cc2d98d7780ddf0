-- Order and product are locked before the foreign keys share them: of two who share, neither could go on to write.
CREATE TRIGGER order_items_before_insert BEFORE INSERT ON order_items FOR EACH ROW
BEGIN
    DECLARE is_held BOOL;
    DECLARE on_hand INT;
    SELECT status <> 'cancelled' INTO is_held FROM orders WHERE id = NEW.order_id FOR UPDATE;
    IF NOT (NEW.holds_stock <=> is_held) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:holds_stock_as_order';
    END IF;
    SELECT stock_quantity INTO on_hand FROM products WHERE id = NEW.product_id FOR UPDATE;
END
