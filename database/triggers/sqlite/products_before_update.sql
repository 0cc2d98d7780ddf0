-- Items name the product. A CHECK takes any text for more than zero.
CREATE TRIGGER products_before_update BEFORE UPDATE ON products
BEGIN
    SELECT raise(ABORT, 'avenrae:key_is_fixed') WHERE NEW.id IS NOT OLD.id;
    -- UPDATE OR REPLACE removes whatever stands in its way, without its delete trigger.
    SELECT raise(ABORT, 'avenrae:never_deleted')
    WHERE EXISTS (SELECT 1 FROM products
                  WHERE id <> OLD.id AND (uuid = NEW.uuid OR sku = NEW.sku OR barcode = NEW.barcode));
    SELECT raise(ABORT, 'avenrae:bad_number') WHERE typeof(NEW.stock_quantity) <> 'integer';
END
