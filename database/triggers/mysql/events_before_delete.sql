-- Events are cancelled. A new row in the place of this one would begin with free seats.
CREATE TRIGGER events_before_delete BEFORE DELETE ON events FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:never_deleted'
