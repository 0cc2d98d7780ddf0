-- Who holds a seat, came, stayed away or waits; whoever cancelled is not counted. The program shows
-- 100 * seats / max_capacity where there is a capacity.
-- Written from the program's own statement by scripts/seed.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;
SELECT shown.uuid, shown.event_name, shown.event_date, shown.local_start, shown.time_zone, shown.status,
    shown.max_capacity, sum(CASE WHEN (event_registrations.status IN ('registered', 'attended', 'no_show'))
    THEN 1 ELSE 0 END) AS registrations, sum(CASE WHEN (event_registrations.status IN ('registered',
    'attended', 'no_show')) THEN event_registrations.seats ELSE 0 END) AS seats, sum(CASE WHEN
    (event_registrations.status = 'attended') THEN 1 ELSE 0 END) AS attended, sum(CASE WHEN
    (event_registrations.status = 'no_show') THEN 1 ELSE 0 END) AS no_show, sum(CASE WHEN
    (event_registrations.status = 'waitlisted') THEN 1 ELSE 0 END) AS waitlisted, shown.id
FROM (SELECT events.id AS id, events.uuid AS uuid, events.event_name AS event_name, events.event_date AS
    event_date, events.local_start AS local_start, events.time_zone AS time_zone, events.status AS status,
    events.max_capacity AS max_capacity
FROM events
WHERE events.status != 'draft'
ORDER BY events.event_date DESC, events.id DESC
LIMIT 60) AS shown
LEFT OUTER JOIN event_registrations ON event_registrations.event_id = shown.id
GROUP BY shown.id, shown.uuid, shown.event_name, shown.event_date, shown.local_start, shown.time_zone,
    shown.status, shown.max_capacity
ORDER BY shown.event_date DESC, shown.id DESC;
