-- What was sold to whom stays; holds_stock follows the order.
CREATE TRIGGER order_items_before_update BEFORE UPDATE ON order_items FOR EACH ROW
BEGIN
    DECLARE is_held BOOL;
    IF NEW.id <> OLD.id OR NEW.order_id <> OLD.order_id OR NEW.product_id <> OLD.product_id THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:key_is_fixed';
    END IF;
    IF NOT (NEW.holds_stock <=> OLD.holds_stock) THEN
        SELECT status <> 'cancelled' INTO is_held FROM orders WHERE id = NEW.order_id LOCK IN SHARE MODE;
        IF NOT (NEW.holds_stock <=> is_held) THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:holds_stock_as_order';
        END IF;
    END IF;
END
