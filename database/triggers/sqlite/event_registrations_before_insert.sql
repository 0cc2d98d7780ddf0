-- Nothing is paid before the ledger says so.
-- OR REPLACE would remove the older row without its delete trigger unless recursive triggers are on.
CREATE TRIGGER event_registrations_before_insert BEFORE INSERT ON event_registrations
BEGIN
    SELECT raise(ABORT, 'avenrae:never_deleted')
    WHERE EXISTS (SELECT 1 FROM event_registrations
                  WHERE uuid = NEW.uuid OR id = NEW.id
                     OR event_id = NEW.event_id AND client_id = NEW.client_id);
    SELECT raise(ABORT, 'avenrae:kept_by_the_ledger')
    WHERE NEW.paid_amount IS NOT 0 OR NEW.refunded_amount IS NOT 0
       OR NEW.payment_status IS NOT 'unpaid';
END
