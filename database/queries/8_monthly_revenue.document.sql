SELECT DATE_FORMAT(b.booking_date, '%Y-%m') as month,
       COUNT(DISTINCT b.id) as bookings,
       SUM(b.total_price) as booking_revenue,
       COUNT(DISTINCT o.id) as orders,
       SUM(o.total_amount) as product_revenue,
       SUM(b.total_price) + SUM(o.total_amount) as total_revenue
FROM bookings b
FULL OUTER JOIN orders o ON DATE_FORMAT(b.booking_date, '%Y-%m') = DATE_FORMAT(o.order_date, '%Y-%m')
GROUP BY DATE_FORMAT(b.booking_date, '%Y-%m')
ORDER BY month DESC;
