-- Nothing is paid before the ledger says so.
-- The coupon is locked before its foreign key shares it: of two who share, neither could go on to write.
CREATE TRIGGER orders_before_insert BEFORE INSERT ON orders FOR EACH ROW
BEGIN
    DECLARE uses INT;
    IF NEW.paid_amount <> 0 OR NEW.refunded_amount <> 0 OR NEW.payment_status <> 'unpaid' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:kept_by_the_ledger';
    END IF;
    IF NEW.coupon_id IS NOT NULL THEN
        SELECT used_count INTO uses FROM coupons WHERE id = NEW.coupon_id FOR UPDATE;
    END IF;
END
