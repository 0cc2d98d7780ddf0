-- Events are cancelled. A new row in the place of this one would begin with free seats.
CREATE TRIGGER events_before_delete BEFORE DELETE ON events
BEGIN
    SELECT raise(ABORT, 'avenrae:never_deleted');
END
