-- A cancelled order gives back what its items hold; one that is taken up again takes it anew.
CREATE TRIGGER orders_after_update AFTER UPDATE ON orders FOR EACH ROW
    IF (NEW.status = 'cancelled') <> (OLD.status = 'cancelled') THEN
        UPDATE order_items SET holds_stock = NEW.status <> 'cancelled' WHERE order_id = NEW.id;
    END IF
