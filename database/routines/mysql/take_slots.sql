-- Takes every five-minute slot of a booking for its healer and its room, outward to whole slots, buffers included.
-- Called by the triggers on bookings only. Counts what it took at the end, because an outer INSERT IGNORE turns the
-- duplicate key of a taken slot into a warning; a signal stays an error.
CREATE PROCEDURE take_slots(
    IN booking INT, IN healer INT, IN room INT, IN in_lane INT, IN starts DATETIME(6), IN ends DATETIME(6),
    IN buffer_before INT, IN buffer_after INT)
    MODIFIES SQL DATA
BEGIN
    DECLARE first_moment, last_moment BIGINT;
    DECLARE first_slot, last_slot, s, healer_resource, wanted INT;
    SET first_moment = TIMESTAMPDIFF(MICROSECOND, '1970-01-01', starts) - buffer_before * 60000000;
    SET last_moment = TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ends) + buffer_after * 60000000 - 1;
    -- IGNORE and a lax sql_mode turn a bad time into a zero date, which would take no slots.
    IF first_moment IS NULL OR last_moment IS NULL OR first_moment < 0 OR last_moment < first_moment THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:bad_time';
    END IF;
    SET first_slot = first_moment DIV 300000000;
    SET last_slot = last_moment DIV 300000000;
    SET healer_resource = (SELECT id FROM resources WHERE healer_id = healer);
    IF healer_resource IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:no_resource';
    END IF;
    SET s = first_slot;
    WHILE s <= last_slot DO
        INSERT INTO booking_slots (resource_id, slot, lane, booking_id)
        VALUES (healer_resource, s, in_lane, booking);
        IF room IS NOT NULL THEN
            INSERT INTO booking_slots (resource_id, slot, lane, booking_id) VALUES (room, s, in_lane, booking);
        END IF;
        SET s = s + 1;
    END WHILE;
    SET wanted = (last_slot - first_slot + 1) * IF(room IS NULL, 1, 2);
    IF (SELECT COUNT(*) FROM booking_slots WHERE booking_id = booking) <> wanted THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:slot_taken';
    END IF;
END
