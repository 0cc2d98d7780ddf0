-- Nothing is paid before the ledger says so; a label may come with it from another program.
-- The coupon is locked before its foreign key shares it: of two who share, neither could go on to write.
CREATE TRIGGER bookings_before_insert BEFORE INSERT ON bookings FOR EACH ROW
BEGIN
    DECLARE uses INT;
    IF NEW.paid_amount <> 0 OR NEW.refunded_amount <> 0 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:kept_by_the_ledger';
    END IF;
    IF NEW.coupon_id IS NOT NULL THEN
        SELECT used_count INTO uses FROM coupons WHERE id = NEW.coupon_id FOR UPDATE;
    END IF;
END
