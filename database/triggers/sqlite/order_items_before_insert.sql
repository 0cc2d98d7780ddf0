-- OR REPLACE would remove the older row without its delete trigger unless recursive triggers are on.
CREATE TRIGGER order_items_before_insert BEFORE INSERT ON order_items
BEGIN
    SELECT raise(ABORT, 'avenrae:never_deleted')
    WHERE EXISTS (SELECT 1 FROM order_items WHERE uuid = NEW.uuid OR id = NEW.id);
    SELECT raise(ABORT, 'avenrae:holds_stock_as_order')
    WHERE (SELECT status <> 'cancelled' FROM orders WHERE id = NEW.order_id) IS NOT NEW.holds_stock;
END
