-- Who is verified and says that they are available; whoever left the practice is not. It knows nothing
-- of hours and bookings: for a time that is free ask the calendar.
-- Written from the program's own statement by scripts/seed.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;
SET @healer_type = 'psychologist';
SELECT healers.uuid, users.first_name, users.last_name, healers.healer_type, healers.hourly_rate,
    healers.rating
FROM healers
INNER JOIN users ON users.id = healers.user_id
WHERE healers.healer_type = @healer_type AND healers.is_verified_healer = true AND healers.availability_status
    = 'available' AND users.disabled_at IS NULL
ORDER BY healers.rating DESC, healers.id
LIMIT 60;
