-- The label follows what was paid and the price.
CREATE TRIGGER event_registrations_paid_after_update AFTER UPDATE ON event_registrations
WHEN (NEW.paid_amount, NEW.refunded_amount, NEW.total_price, NEW.payment_status)
     IS NOT (OLD.paid_amount, OLD.refunded_amount, OLD.total_price, OLD.payment_status)
BEGIN
    UPDATE event_registrations SET payment_status = CASE WHEN refunded_amount > 0 AND refunded_amount = paid_amount THEN 'refunded'
                                                        WHEN refunded_amount > 0 THEN 'partly_refunded'
                                                        WHEN paid_amount = 0 THEN 'unpaid'
                                                        WHEN paid_amount >= total_price THEN 'paid'
                                                        ELSE 'partly_paid' END
    WHERE id = NEW.id
      AND payment_status <> CASE WHEN refunded_amount > 0 AND refunded_amount = paid_amount THEN 'refunded'
                            WHEN refunded_amount > 0 THEN 'partly_refunded'
                            WHEN paid_amount = 0 THEN 'unpaid'
                            WHEN paid_amount >= total_price THEN 'paid'
                            ELSE 'partly_paid' END;
END
