-- raise(ABORT) comes first, because an outer OR IGNORE would let the CHECKs of the inner UPDATEs pass in silence.
CREATE TRIGGER transactions_after_insert AFTER INSERT ON transactions
BEGIN
    SELECT raise(ABORT, 'avenrae:paid_too_much')
    WHERE NEW.booking_id IS NOT NULL
      AND (SELECT paid_amount - refunded_amount + NEW.amount <= total_price FROM bookings
           WHERE id = NEW.booking_id) IS NOT TRUE;
    SELECT raise(ABORT, 'avenrae:refund_too_high')
    FROM bookings
    WHERE id = NEW.booking_id
      AND (refunded_amount - (NEW.kind = 'refund') * NEW.amount < 0 OR paid_amount - refunded_amount + NEW.amount < 0);
    UPDATE bookings
    SET paid_amount = paid_amount + (NEW.kind = 'payment') * NEW.amount,
        refunded_amount = refunded_amount - (NEW.kind = 'refund') * NEW.amount
    WHERE id = NEW.booking_id;
    SELECT raise(ABORT, 'avenrae:paid_too_much')
    WHERE NEW.order_id IS NOT NULL
      AND (SELECT paid_amount - refunded_amount + NEW.amount <= total_amount FROM orders
           WHERE id = NEW.order_id) IS NOT TRUE;
    SELECT raise(ABORT, 'avenrae:refund_too_high')
    FROM orders
    WHERE id = NEW.order_id
      AND (refunded_amount - (NEW.kind = 'refund') * NEW.amount < 0 OR paid_amount - refunded_amount + NEW.amount < 0);
    UPDATE orders
    SET paid_amount = paid_amount + (NEW.kind = 'payment') * NEW.amount,
        refunded_amount = refunded_amount - (NEW.kind = 'refund') * NEW.amount
    WHERE id = NEW.order_id;
    SELECT raise(ABORT, 'avenrae:paid_too_much')
    WHERE NEW.event_registration_id IS NOT NULL
      AND (SELECT paid_amount - refunded_amount + NEW.amount <= total_price FROM event_registrations
           WHERE id = NEW.event_registration_id) IS NOT TRUE;
    SELECT raise(ABORT, 'avenrae:refund_too_high')
    FROM event_registrations
    WHERE id = NEW.event_registration_id
      AND (refunded_amount - (NEW.kind = 'refund') * NEW.amount < 0 OR paid_amount - refunded_amount + NEW.amount < 0);
    UPDATE event_registrations
    SET paid_amount = paid_amount + (NEW.kind = 'payment') * NEW.amount,
        refunded_amount = refunded_amount - (NEW.kind = 'refund') * NEW.amount
    WHERE id = NEW.event_registration_id;
END
