SELECT s.id, s.service_name, h.healer_type,
       COUNT(r.id) as total_reviews,
       AVG(r.rating) as avg_rating
FROM services s
JOIN healers h ON s.healer_id = h.id
LEFT JOIN reviews r ON h.id = r.healer_id
GROUP BY s.id
HAVING COUNT(r.id) > 0
ORDER BY avg_rating DESC;
