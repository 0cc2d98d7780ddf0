CREATE TRIGGER transactions_before_update BEFORE UPDATE ON transactions
BEGIN
    SELECT raise(ABORT, 'avenrae:append_only');
END
