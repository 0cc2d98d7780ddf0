-- A cancelled order gives back what its items hold; one that is taken up again takes it anew.
-- The row is read again, because MariaDB calls this trigger also for a row that UPDATE IGNORE has left as it was.
CREATE TRIGGER orders_after_update AFTER UPDATE ON orders FOR EACH ROW
BEGIN
    DECLARE is_held BOOL;
    IF (NEW.status = 'cancelled') <> (OLD.status = 'cancelled') THEN
        SELECT status <> 'cancelled' INTO is_held FROM orders WHERE id = NEW.id LOCK IN SHARE MODE;
        IF is_held = (OLD.status = 'cancelled') THEN
            UPDATE order_items SET holds_stock = is_held WHERE order_id = NEW.id;
        END IF;
    END IF;
END
