SELECT b.id, b.booking_date, s.service_name, u.first_name, u.last_name, b.status
FROM bookings b
JOIN services s ON b.service_id = s.id
JOIN healers h ON b.healer_id = h.id
JOIN users u ON h.user_id = u.id
WHERE b.client_id = 1
ORDER BY b.booking_date DESC;
