-- Nothing is paid before the ledger says so.
-- Event and coupon are locked before foreign keys share them: of two who share, neither could go on to write.
CREATE TRIGGER event_registrations_before_insert BEFORE INSERT ON event_registrations FOR EACH ROW
BEGIN
    DECLARE uses INT;
    DECLARE held INT;
    IF NEW.paid_amount <> 0 OR NEW.refunded_amount <> 0 OR NEW.payment_status <> 'unpaid' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:kept_by_the_ledger';
    END IF;
    SELECT seats_taken INTO held FROM events WHERE id = NEW.event_id FOR UPDATE;
    IF NEW.coupon_id IS NOT NULL THEN
        SELECT used_count INTO uses FROM coupons WHERE id = NEW.coupon_id FOR UPDATE;
    END IF;
END
