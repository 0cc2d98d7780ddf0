-- OR REPLACE would remove the older row without its delete trigger unless recursive triggers are on.
CREATE TRIGGER transactions_before_insert BEFORE INSERT ON transactions
BEGIN
    SELECT raise(ABORT, 'avenrae:append_only')
    WHERE EXISTS (SELECT 1 FROM transactions
                  WHERE uuid = NEW.uuid OR id = NEW.id OR reverses_id = NEW.reverses_id
                     OR provider = NEW.provider AND provider_reference = NEW.provider_reference);
    SELECT raise(ABORT, 'avenrae:bad_number')
    WHERE typeof(NEW.amount) <> 'integer' OR typeof(coalesce(NEW.amount_given, 0)) <> 'integer';
    SELECT raise(ABORT, 'avenrae:reverses_another')
    WHERE NEW.reverses_id IS NOT NULL
      AND NOT EXISTS (
        SELECT 1 FROM transactions t
        WHERE t.id = NEW.reverses_id AND t.reverses_id IS NULL AND t.kind = NEW.kind AND t.tender = NEW.tender
          AND t.amount = -NEW.amount AND t.currency = NEW.currency AND t.booking_id IS NEW.booking_id
          AND t.order_id IS NEW.order_id AND t.event_registration_id IS NEW.event_registration_id
          AND t.client_id IS NEW.client_id AND t.refund_of_id IS NEW.refund_of_id);
    SELECT raise(ABORT, 'avenrae:refund_too_high')
    WHERE NEW.refund_of_id IS NOT NULL AND NEW.reverses_id IS NULL
      AND (SELECT t.amount >= -NEW.amount - (SELECT coalesce(sum(amount), 0) FROM transactions
                                             WHERE refund_of_id = t.id OR reverses_id = t.id)
           FROM transactions t
           WHERE t.id = NEW.refund_of_id AND t.kind = 'payment' AND t.reverses_id IS NULL
             AND t.currency = NEW.currency AND t.booking_id IS NEW.booking_id AND t.order_id IS NEW.order_id
             AND t.event_registration_id IS NEW.event_registration_id
             AND t.client_id IS NEW.client_id) IS NOT TRUE;
END
