-- The row is read again, because MariaDB calls this trigger also for a row that UPDATE IGNORE has left as it was.
CREATE TRIGGER order_items_after_update AFTER UPDATE ON order_items FOR EACH ROW
BEGIN
    DECLARE held INT;
    SELECT IF(holds_stock, quantity - restocked_quantity, 0) INTO held
    FROM order_items WHERE id = NEW.id LOCK IN SHARE MODE;
    CALL take_stock(OLD.product_id, held - IF(OLD.holds_stock, OLD.quantity - OLD.restocked_quantity, 0));
END
