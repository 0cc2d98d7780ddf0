-- Entries of the ledger name it; what was paid is what they say.
CREATE TRIGGER orders_before_update BEFORE UPDATE ON orders
BEGIN
    SELECT raise(ABORT, 'avenrae:key_is_fixed') WHERE NEW.id IS NOT OLD.id;
    -- UPDATE OR REPLACE removes whatever stands in its way, without its delete trigger.
    SELECT raise(ABORT, 'avenrae:never_deleted')
    WHERE EXISTS (SELECT 1 FROM orders WHERE id <> OLD.id AND (uuid = NEW.uuid OR order_number = NEW.order_number));
    SELECT raise(ABORT, 'avenrae:kept_by_the_ledger')
    WHERE (NEW.paid_amount, NEW.refunded_amount) IS NOT (OLD.paid_amount, OLD.refunded_amount)
      AND (NEW.paid_amount, NEW.refunded_amount) IS NOT (
        SELECT coalesce(sum(amount) FILTER (WHERE kind = 'payment'), 0),
               coalesce(-sum(amount) FILTER (WHERE kind = 'refund'), 0)
        FROM transactions WHERE order_id = NEW.id);
END
