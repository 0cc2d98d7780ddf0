CREATE TRIGGER transactions_before_delete BEFORE DELETE ON transactions
BEGIN
    SELECT raise(ABORT, 'avenrae:append_only');
END
