-- OR REPLACE would remove the older row without its delete trigger unless recursive triggers are on.
CREATE TRIGGER products_before_insert BEFORE INSERT ON products
BEGIN
    SELECT raise(ABORT, 'avenrae:never_deleted')
    WHERE EXISTS (SELECT 1 FROM products
                  WHERE uuid = NEW.uuid OR id = NEW.id OR sku = NEW.sku OR barcode = NEW.barcode);
    -- A CHECK takes any text for more than zero.
    SELECT raise(ABORT, 'avenrae:bad_number') WHERE typeof(NEW.stock_quantity) <> 'integer';
END
