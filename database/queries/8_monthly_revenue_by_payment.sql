-- The same by the day of the payment: the ledger's payments by what they were for, and its refunds.
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
SELECT CASE WHEN (transactions.taken_at >= @month_0) THEN @name_0 WHEN (transactions.taken_at >= @month_1)
    THEN @name_1 WHEN (transactions.taken_at >= @month_2) THEN @name_2 WHEN (transactions.taken_at >=
    @month_3) THEN @name_3 WHEN (transactions.taken_at >= @month_4) THEN @name_4 WHEN (transactions.taken_at
    >= @month_5) THEN @name_5 END AS month, count(DISTINCT transactions.booking_id) AS bookings, sum(CASE WHEN
    (transactions.kind = 'payment' AND transactions.booking_id IS NOT NULL) THEN transactions.amount ELSE 0
    END) AS booking_revenue, count(DISTINCT transactions.order_id) AS orders, sum(CASE WHEN (transactions.kind
    = 'payment' AND transactions.order_id IS NOT NULL) THEN transactions.amount ELSE 0 END) AS
    product_revenue, count(DISTINCT transactions.event_registration_id) AS registrations, sum(CASE WHEN
    (transactions.kind = 'payment' AND transactions.event_registration_id IS NOT NULL) THEN
    transactions.amount ELSE 0 END) AS event_revenue, sum(CASE WHEN (transactions.kind = 'payment' AND
    transactions.booking_id IS NULL AND transactions.order_id IS NULL AND transactions.event_registration_id
    IS NULL) THEN transactions.amount ELSE 0 END) AS other_revenue, sum(CASE WHEN (transactions.kind =
    'refund') THEN -transactions.amount ELSE 0 END) AS refunds
FROM transactions
WHERE transactions.taken_at >= @month_5 AND transactions.taken_at < @until
GROUP BY month
ORDER BY month DESC;
