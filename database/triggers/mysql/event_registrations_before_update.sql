-- What was paid is what the ledger says; the label follows.
CREATE TRIGGER event_registrations_before_update BEFORE UPDATE ON event_registrations FOR EACH ROW
BEGIN
    DECLARE paid, refunded DECIMAL(12, 2);
    DECLARE uses INT;
    IF NEW.id <> OLD.id OR NEW.event_id <> OLD.event_id THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:key_is_fixed';
    END IF;
    IF NEW.paid_amount <> OLD.paid_amount OR NEW.refunded_amount <> OLD.refunded_amount THEN
        SELECT COALESCE(SUM(IF(kind = 'payment', amount, 0)), 0), COALESCE(SUM(IF(kind = 'refund', -amount, 0)), 0)
        INTO paid, refunded FROM transactions WHERE event_registration_id = NEW.id LOCK IN SHARE MODE;
        IF NEW.paid_amount <> paid OR NEW.refunded_amount <> refunded THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:kept_by_the_ledger';
        END IF;
    END IF;
    IF NEW.paid_amount <> OLD.paid_amount OR NEW.refunded_amount <> OLD.refunded_amount
       OR NEW.total_price <> OLD.total_price OR NEW.payment_status <> OLD.payment_status THEN
        SET NEW.payment_status = CASE WHEN NEW.refunded_amount > 0 AND NEW.refunded_amount = NEW.paid_amount THEN 'refunded'
                                      WHEN NEW.refunded_amount > 0 THEN 'partly_refunded'
                                      WHEN NEW.paid_amount = 0 THEN 'unpaid'
                                      WHEN NEW.paid_amount >= NEW.total_price THEN 'paid'
                                      ELSE 'partly_paid' END;
    END IF;
    -- Locked before its foreign key shares it.
    IF NEW.coupon_id IS NOT NULL AND NOT (NEW.coupon_id <=> OLD.coupon_id) THEN
        SELECT used_count INTO uses FROM coupons WHERE id = NEW.coupon_id FOR UPDATE;
    END IF;
END
