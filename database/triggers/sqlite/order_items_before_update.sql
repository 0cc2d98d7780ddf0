-- What was sold to whom stays; holds_stock follows the order.
CREATE TRIGGER order_items_before_update BEFORE UPDATE ON order_items
BEGIN
    SELECT raise(ABORT, 'avenrae:key_is_fixed')
    WHERE (NEW.id, NEW.order_id, NEW.product_id) IS NOT (OLD.id, OLD.order_id, OLD.product_id);
    SELECT raise(ABORT, 'avenrae:never_deleted')
    WHERE EXISTS (SELECT 1 FROM order_items WHERE uuid = NEW.uuid AND id <> OLD.id);
    SELECT raise(ABORT, 'avenrae:holds_stock_as_order')
    WHERE NEW.holds_stock IS NOT OLD.holds_stock
      AND (SELECT status <> 'cancelled' FROM orders WHERE id = NEW.order_id) IS NOT NEW.holds_stock;
END
