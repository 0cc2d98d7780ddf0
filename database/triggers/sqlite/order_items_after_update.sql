-- raise(ABORT) comes first, because an outer OR IGNORE would let the CHECK of the inner UPDATE pass in silence.
CREATE TRIGGER order_items_after_update AFTER UPDATE ON order_items
WHEN (NEW.quantity, NEW.restocked_quantity, NEW.holds_stock)
     IS NOT (OLD.quantity, OLD.restocked_quantity, OLD.holds_stock)
BEGIN
    SELECT raise(ABORT, 'avenrae:bad_number')
    WHERE typeof(NEW.quantity) <> 'integer' OR typeof(NEW.restocked_quantity) <> 'integer'
       OR typeof(NEW.returned_quantity) <> 'integer';
    SELECT raise(ABORT, 'avenrae:out_of_stock')
    WHERE (SELECT stock_quantity >= NEW.holds_stock * (NEW.quantity - NEW.restocked_quantity)
                                    - OLD.holds_stock * (OLD.quantity - OLD.restocked_quantity)
           FROM products WHERE id = NEW.product_id) IS NOT TRUE;
    UPDATE products
    SET stock_quantity = stock_quantity - NEW.holds_stock * (NEW.quantity - NEW.restocked_quantity)
                                        + OLD.holds_stock * (OLD.quantity - OLD.restocked_quantity)
    WHERE id = NEW.product_id;
END
