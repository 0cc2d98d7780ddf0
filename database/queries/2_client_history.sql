-- A client's bookings, page by page; those that were taken back by undo never were. The next page asks
-- for those with booking_date <= the last one's and (booking_date < it or id < its id).
-- Written from the program's own statement by scripts/seed.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;
SET @client = (SELECT uuid FROM clients WHERE id = 1);
SELECT bookings.uuid, bookings.booking_date, bookings.local_start, bookings.time_zone, services.service_name,
    users.first_name, users.last_name, bookings.status, bookings.total_price, bookings.id
FROM bookings
INNER JOIN clients ON clients.id = bookings.client_id
INNER JOIN services ON services.id = bookings.service_id
INNER JOIN healers ON healers.id = bookings.healer_id
INNER JOIN users ON users.id = healers.user_id
WHERE clients.uuid = @client AND bookings.withdrawn_at IS NULL
ORDER BY bookings.booking_date DESC, bookings.id DESC
LIMIT 60;
