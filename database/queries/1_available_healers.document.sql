SELECT h.id, u.first_name, u.last_name, h.healer_type, h.hourly_rate, h.rating
FROM healers h
JOIN users u ON h.user_id = u.id
WHERE h.healer_type = 'psychologist'
  AND h.availability_status = 'available'
  AND h.is_verified_healer = TRUE
ORDER BY h.rating DESC;
