CREATE TRIGGER order_items_after_insert AFTER INSERT ON order_items FOR EACH ROW
    IF NEW.holds_stock THEN
        CALL take_stock(NEW.product_id, NEW.quantity - NEW.restocked_quantity);
    END IF
