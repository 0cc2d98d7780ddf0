CREATE TRIGGER transactions_after_insert AFTER INSERT ON transactions FOR EACH ROW
BEGIN
    DECLARE paid, refunded, price DECIMAL(12, 2);
    DECLARE come DECIMAL(12, 2) DEFAULT IF(NEW.kind = 'payment', NEW.amount, 0);
    DECLARE gone DECIMAL(12, 2) DEFAULT IF(NEW.kind = 'refund', -NEW.amount, 0);
    IF NEW.booking_id IS NOT NULL THEN
        SELECT paid_amount, refunded_amount, total_price INTO paid, refunded, price FROM bookings WHERE id = NEW.booking_id FOR UPDATE;
        SET paid = paid + come, refunded = refunded + gone;
        CALL check_paid(paid, refunded, price);
        UPDATE bookings SET paid_amount = paid, refunded_amount = refunded WHERE id = NEW.booking_id;
    ELSEIF NEW.order_id IS NOT NULL THEN
        SELECT paid_amount, refunded_amount, total_amount INTO paid, refunded, price FROM orders WHERE id = NEW.order_id FOR UPDATE;
        SET paid = paid + come, refunded = refunded + gone;
        CALL check_paid(paid, refunded, price);
        UPDATE orders SET paid_amount = paid, refunded_amount = refunded WHERE id = NEW.order_id;
    ELSEIF NEW.event_registration_id IS NOT NULL THEN
        SELECT paid_amount, refunded_amount, total_price INTO paid, refunded, price FROM event_registrations WHERE id = NEW.event_registration_id FOR UPDATE;
        SET paid = paid + come, refunded = refunded + gone;
        CALL check_paid(paid, refunded, price);
        UPDATE event_registrations SET paid_amount = paid, refunded_amount = refunded WHERE id = NEW.event_registration_id;
    END IF;
END
