-- Refuses an entry of the ledger that pays more than the price, or gives back more than was paid. Called by the trigger
-- of transactions only. It signals, because an outer INSERT IGNORE turns a CHECK that fails into a warning.
CREATE PROCEDURE check_paid(IN paid DECIMAL(12, 2), IN refunded DECIMAL(12, 2), IN price DECIMAL(12, 2))
    READS SQL DATA
BEGIN
    IF price IS NULL OR paid - refunded > price THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:paid_too_much';
    END IF;
    IF refunded < 0 OR paid < refunded THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:refund_too_high';
    END IF;
END
