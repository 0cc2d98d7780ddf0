-- OR REPLACE would remove the older row without its delete trigger unless recursive triggers are on.
CREATE TRIGGER coupons_before_insert BEFORE INSERT ON coupons
BEGIN
    SELECT raise(ABORT, 'avenrae:never_deleted')
    WHERE EXISTS (SELECT 1 FROM coupons WHERE uuid = NEW.uuid OR id = NEW.id OR code = NEW.code);
    SELECT raise(ABORT, 'avenrae:counted_by_triggers') WHERE NEW.used_count IS NOT 0;
    SELECT raise(ABORT, 'avenrae:bad_number') WHERE NEW.max_uses IS NOT NULL AND typeof(NEW.max_uses) <> 'integer';
END
