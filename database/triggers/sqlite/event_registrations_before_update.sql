-- Seats are counted by event, and entries of the ledger name it; what was paid is what they say.
CREATE TRIGGER event_registrations_before_update BEFORE UPDATE ON event_registrations
BEGIN
    SELECT raise(ABORT, 'avenrae:key_is_fixed') WHERE (NEW.id, NEW.event_id) IS NOT (OLD.id, OLD.event_id);
    -- UPDATE OR REPLACE removes whatever stands in its way, without its delete trigger.
    SELECT raise(ABORT, 'avenrae:never_deleted')
    WHERE EXISTS (SELECT 1 FROM event_registrations WHERE id <> OLD.id AND (uuid = NEW.uuid OR client_id = NEW.client_id AND event_id = NEW.event_id));
    SELECT raise(ABORT, 'avenrae:kept_by_the_ledger')
    WHERE (NEW.paid_amount, NEW.refunded_amount) IS NOT (OLD.paid_amount, OLD.refunded_amount)
      AND (NEW.paid_amount, NEW.refunded_amount) IS NOT (
        SELECT coalesce(sum(amount) FILTER (WHERE kind = 'payment'), 0),
               coalesce(-sum(amount) FILTER (WHERE kind = 'refund'), 0)
        FROM transactions WHERE event_registration_id = NEW.id);
END
