-- What is paid for is locked before its foreign key shares it: of two who share, neither could go on to write. Under that
-- lock nobody else adds entries for the same thing, so the sums below hold.
CREATE TRIGGER transactions_before_insert BEFORE INSERT ON transactions FOR EACH ROW
BEGIN
    DECLARE paid, given_back DECIMAL(12, 2);
    DECLARE found INT;
    -- IGNORE and a lax sql_mode turn an unknown value of a list into an empty one.
    IF NEW.kind NOT IN ('payment', 'refund') OR NEW.tender = '' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:bad_value';
    END IF;
    IF NEW.booking_id IS NOT NULL THEN
        SELECT paid_amount INTO paid FROM bookings WHERE id = NEW.booking_id FOR UPDATE;
    ELSEIF NEW.order_id IS NOT NULL THEN
        SELECT paid_amount INTO paid FROM orders WHERE id = NEW.order_id FOR UPDATE;
    ELSEIF NEW.event_registration_id IS NOT NULL THEN
        SELECT paid_amount INTO paid FROM event_registrations WHERE id = NEW.event_registration_id FOR UPDATE;
    ELSE
        SELECT id INTO found FROM clients WHERE id = NEW.client_id FOR UPDATE;
    END IF;
    IF NEW.reverses_id IS NOT NULL THEN
        SELECT COUNT(*) INTO found FROM transactions t
        WHERE t.id = NEW.reverses_id AND t.reverses_id IS NULL AND t.kind = NEW.kind AND t.tender = NEW.tender
          AND t.amount = -NEW.amount AND t.currency = NEW.currency AND t.booking_id <=> NEW.booking_id
          AND t.order_id <=> NEW.order_id AND t.event_registration_id <=> NEW.event_registration_id
          AND t.client_id <=> NEW.client_id AND t.refund_of_id <=> NEW.refund_of_id;
        IF found <> 1 THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:reverses_another';
        END IF;
    END IF;
    IF NEW.refund_of_id IS NOT NULL AND NEW.reverses_id IS NULL THEN
        SELECT SUM(t.amount) INTO paid FROM transactions t
        WHERE t.id = NEW.refund_of_id AND t.kind = 'payment' AND t.reverses_id IS NULL AND t.currency = NEW.currency
          AND t.booking_id <=> NEW.booking_id AND t.order_id <=> NEW.order_id
          AND t.event_registration_id <=> NEW.event_registration_id AND t.client_id <=> NEW.client_id
        LOCK IN SHARE MODE;
        SELECT COALESCE(-SUM(t.amount), 0) INTO given_back FROM transactions t
        WHERE t.refund_of_id = NEW.refund_of_id OR t.reverses_id = NEW.refund_of_id LOCK IN SHARE MODE;
        IF paid IS NULL OR given_back - NEW.amount > paid THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:refund_too_high';
        END IF;
    END IF;
END
