-- What is not over: a booking does not leave the list when it begins. Times are UTC, whatever zone the
-- session has. No booking lasts 32 days.
-- Written from the program's own statement by scripts/seed.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;
SET @healer = (SELECT uuid FROM healers WHERE id = 1);
SET @now = UTC_TIMESTAMP(6);
SET @since = @now - INTERVAL 32 DAY;
SELECT bookings.uuid, clients.uuid AS client, users.first_name, users.last_name, services.service_name,
    bookings.booking_date, bookings.ends_at, bookings.local_start, bookings.time_zone, bookings.status,
    bookings.id
FROM bookings
INNER JOIN healers ON healers.id = bookings.healer_id
INNER JOIN clients ON clients.id = bookings.client_id
INNER JOIN users ON users.id = clients.user_id
INNER JOIN services ON services.id = bookings.service_id
WHERE healers.uuid = @healer AND bookings.booking_date >= @since AND bookings.ends_at > @now AND
    bookings.status IN ('requested', 'pending', 'confirmed', 'arrived', 'in_session')
ORDER BY bookings.booking_date, bookings.id
LIMIT 60;
