-- Revenue less what was given back, of a period; zeros instead of NULL; ratings from published
-- reviews. Sums are made before the join. The average is stars / reviews.
-- Written from the program's own statement by scripts/seed.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;
SET @until = UTC_TIMESTAMP(6);
SET @since = @until - INTERVAL 1 YEAR;
SELECT healers.uuid, users.first_name, users.last_name, coalesce(earned.bookings, 0) AS bookings,
    coalesce(earned.booked, 0) AS booked, coalesce(earned.refunded, 0) AS refunded, coalesce(rated.reviews, 0)
    AS reviews, coalesce(rated.stars, 0) AS stars
FROM healers
INNER JOIN users ON users.id = healers.user_id
LEFT OUTER JOIN (SELECT bookings.healer_id AS healer_id, count(*) AS bookings, sum(bookings.total_price) AS
    booked, sum(bookings.refunded_amount) AS refunded
FROM bookings
WHERE bookings.status = 'completed' AND bookings.booking_date >= @since AND bookings.booking_date < @until
GROUP BY bookings.healer_id) AS earned ON earned.healer_id = healers.id
LEFT OUTER JOIN (SELECT reviews.healer_id AS healer_id, count(*) AS reviews, sum(reviews.rating) AS stars
FROM reviews
WHERE reviews.status = 'published' AND reviews.created_at >= @since AND reviews.created_at < @until
GROUP BY reviews.healer_id) AS rated ON rated.healer_id = healers.id
ORDER BY earned.booked - earned.refunded DESC, healers.id
LIMIT 60;
