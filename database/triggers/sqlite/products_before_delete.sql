-- Products are switched off (is_active). A new row in the place of this one would begin with any stock.
CREATE TRIGGER products_before_delete BEFORE DELETE ON products
BEGIN
    SELECT raise(ABORT, 'avenrae:never_deleted');
END
