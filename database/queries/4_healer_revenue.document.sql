SELECT h.id, u.first_name, u.last_name,
       COUNT(DISTINCT b.id) as total_bookings,
       SUM(b.total_price) as total_revenue,
       AVG(b.client_rating) as avg_rating
FROM healers h
JOIN users u ON h.user_id = u.id
LEFT JOIN bookings b ON h.id = b.healer_id AND b.status = 'completed'
GROUP BY h.id
ORDER BY total_revenue DESC;
