-- Takes so many seats of an event, or gives them back where the number is below zero. Called by the triggers of
-- event_registrations only. The variables tell the trigger of events who counts.
CREATE PROCEDURE take_seats(IN event INT, IN taken INT)
    MODIFIES SQL DATA
BEGIN
    DECLARE capacity, held INT;
    IF taken <> 0 THEN
        SELECT max_capacity, seats_taken INTO capacity, held FROM events WHERE id = event FOR UPDATE;
        IF held IS NULL OR (taken > 0 AND held + taken > capacity) THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:event_full';
        END IF;
        SET @avenrae_event = event, @avenrae_seats_taken = held + taken;
        UPDATE events SET seats_taken = held + taken WHERE id = event;
        SET @avenrae_event = NULL;
    END IF;
END
