SELECT e.event_name, e.event_date, e.max_capacity,
       COUNT(er.id) as registered_count,
       ROUND((COUNT(er.id) / e.max_capacity * 100), 2) as capacity_percentage
FROM events e
LEFT JOIN event_registrations er ON e.id = er.event_id
GROUP BY e.id
ORDER BY e.event_date DESC;
