-- Registrations are cancelled.
CREATE TRIGGER event_registrations_before_delete BEFORE DELETE ON event_registrations
BEGIN
    SELECT raise(ABORT, 'avenrae:never_deleted');
END
