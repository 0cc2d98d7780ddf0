CREATE TRIGGER order_items_after_update AFTER UPDATE ON order_items FOR EACH ROW
    CALL take_stock(NEW.product_id, IF(NEW.holds_stock, NEW.quantity - NEW.restocked_quantity, 0)
                                    - IF(OLD.holds_stock, OLD.quantity - OLD.restocked_quantity, 0))
