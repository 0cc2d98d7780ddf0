SELECT b.id, c_user.first_name, c_user.last_name, s.service_name, b.booking_date
FROM bookings b
JOIN clients c ON b.client_id = c.id
JOIN users c_user ON c.user_id = c_user.id
JOIN services s ON b.service_id = s.id
WHERE b.healer_id = 1
  AND b.booking_date > NOW()
  AND b.status IN ('pending', 'confirmed')
ORDER BY b.booking_date ASC;
