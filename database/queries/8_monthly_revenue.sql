-- Completed bookings, orders that were not cancelled, places of events that are over, less what was
-- given back of them. Each kind is summed for itself: joined by month, every booking would meet every
-- order. The program passes the months of the practice's time zone; here they are those of UTC.
-- Written from the program's own statement by scripts/seed.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;
SET @month_0 = CAST(DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-01') AS DATETIME);
SET @month_1 = @month_0 - INTERVAL 1 MONTH;
SET @month_2 = @month_0 - INTERVAL 2 MONTH;
SET @month_3 = @month_0 - INTERVAL 3 MONTH;
SET @month_4 = @month_0 - INTERVAL 4 MONTH;
SET @month_5 = @month_0 - INTERVAL 5 MONTH;
SET @name_0 = DATE_FORMAT(@month_0, '%Y-%m');
SET @name_1 = DATE_FORMAT(@month_1, '%Y-%m');
SET @name_2 = DATE_FORMAT(@month_2, '%Y-%m');
SET @name_3 = DATE_FORMAT(@month_3, '%Y-%m');
SET @name_4 = DATE_FORMAT(@month_4, '%Y-%m');
SET @name_5 = DATE_FORMAT(@month_5, '%Y-%m');
SET @until = @month_0 + INTERVAL 1 MONTH, @now = UTC_TIMESTAMP(6);
SELECT streams.month, sum(streams.bookings) AS bookings, sum(streams.booking_revenue) AS booking_revenue,
    sum(streams.orders) AS orders, sum(streams.product_revenue) AS product_revenue, sum(streams.registrations)
    AS registrations, sum(streams.event_revenue) AS event_revenue, sum(streams.other_revenue) AS
    other_revenue, sum(streams.refunds) AS refunds
FROM (SELECT CASE WHEN (bookings.booking_date >= @month_0) THEN @name_0 WHEN (bookings.booking_date >=
    @month_1) THEN @name_1 WHEN (bookings.booking_date >= @month_2) THEN @name_2 WHEN (bookings.booking_date
    >= @month_3) THEN @name_3 WHEN (bookings.booking_date >= @month_4) THEN @name_4 WHEN
    (bookings.booking_date >= @month_5) THEN @name_5 END AS month, count(*) AS bookings,
    sum(bookings.total_price) AS booking_revenue, 0 AS orders, 0 AS product_revenue, 0 AS registrations, 0 AS
    event_revenue, 0 AS other_revenue, sum(bookings.refunded_amount) AS refunds
FROM bookings
WHERE bookings.booking_date >= @month_5 AND bookings.booking_date < @until AND bookings.status = 'completed'
GROUP BY month
UNION ALL SELECT CASE WHEN (orders.order_date >= @month_0) THEN @name_0 WHEN (orders.order_date >= @month_1)
    THEN @name_1 WHEN (orders.order_date >= @month_2) THEN @name_2 WHEN (orders.order_date >= @month_3) THEN
    @name_3 WHEN (orders.order_date >= @month_4) THEN @name_4 WHEN (orders.order_date >= @month_5) THEN
    @name_5 END AS month, 0 AS bookings, 0 AS booking_revenue, count(*) AS orders, sum(orders.total_amount) AS
    product_revenue, 0 AS registrations, 0 AS event_revenue, 0 AS other_revenue, sum(orders.refunded_amount)
    AS refunds
FROM orders
WHERE orders.order_date >= @month_5 AND orders.order_date < @until AND orders.status != 'cancelled'
GROUP BY month
UNION ALL SELECT CASE WHEN (events.event_date >= @month_0) THEN @name_0 WHEN (events.event_date >= @month_1)
    THEN @name_1 WHEN (events.event_date >= @month_2) THEN @name_2 WHEN (events.event_date >= @month_3) THEN
    @name_3 WHEN (events.event_date >= @month_4) THEN @name_4 WHEN (events.event_date >= @month_5) THEN
    @name_5 END AS month, 0 AS bookings, 0 AS booking_revenue, 0 AS orders, 0 AS product_revenue, count(*) AS
    registrations, sum(event_registrations.total_price) AS event_revenue, 0 AS other_revenue,
    sum(event_registrations.refunded_amount) AS refunds
FROM events
INNER JOIN event_registrations ON event_registrations.event_id = events.id
WHERE events.event_date >= @month_5 AND events.event_date < @until AND event_registrations.status IN
    ('registered', 'attended', 'no_show') AND events.status IN ('open', 'completed') AND events.ends_at <=
    @now
GROUP BY month) AS streams
GROUP BY streams.month
ORDER BY streams.month DESC;
