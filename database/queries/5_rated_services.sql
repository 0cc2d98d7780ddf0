-- A service is rated by its own reviews and not by all of its healer's, and only from some reviews on.
-- The program ranks by stars / reviews.
-- Written from the program's own statement by scripts/seed.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;
SET @least = 3;
SELECT services.uuid, services.service_name, users.first_name, users.last_name, healers.healer_type,
    rated.reviews, rated.stars, services.id
FROM (SELECT reviews.service_id AS service_id, count(*) AS reviews, sum(reviews.rating) AS stars
FROM reviews
WHERE reviews.status = 'published' AND reviews.service_id IS NOT NULL
GROUP BY reviews.service_id
HAVING count(*) >= @least) AS rated
INNER JOIN services ON services.id = rated.service_id
INNER JOIN healers ON healers.id = services.healer_id
INNER JOIN users ON users.id = healers.user_id;
