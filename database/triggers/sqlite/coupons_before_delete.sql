-- Coupons are switched off (is_active). A new row in the place of this one could be used anew.
CREATE TRIGGER coupons_before_delete BEFORE DELETE ON coupons
BEGIN
    SELECT raise(ABORT, 'avenrae:never_deleted');
END
