-- Orders are cancelled. What their items hold would be lost with them.
CREATE TRIGGER orders_before_delete BEFORE DELETE ON orders
BEGIN
    SELECT raise(ABORT, 'avenrae:never_deleted');
END
