-- A cancelled order gives back what its items hold; one that is taken up again takes it anew.
CREATE TRIGGER orders_after_update AFTER UPDATE ON orders
WHEN (NEW.status = 'cancelled') <> (OLD.status = 'cancelled')
BEGIN
    UPDATE order_items SET holds_stock = NEW.status <> 'cancelled' WHERE order_id = NEW.id;
END
