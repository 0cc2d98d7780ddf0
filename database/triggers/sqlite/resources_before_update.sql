-- Slots name the resource: a healer's resource that changed hands would leave their bookings behind.
CREATE TRIGGER resources_before_update BEFORE UPDATE ON resources
WHEN (NEW.id, NEW.healer_id) IS NOT (OLD.id, OLD.healer_id)
BEGIN
    SELECT raise(ABORT, 'avenrae:resource_is_fixed');
END
