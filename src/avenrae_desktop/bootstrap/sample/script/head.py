"""The beginning of the file: what it refuses, and which minute of the story it is now."""

from avenrae_desktop.db.engine import SQL_MODE
from avenrae_desktop.db.schema import SCHEMA_VERSION, VERSION_SETTING

_OURS = ("users", "products", "resources", "system_logs")


def _last_sunday(year: str, month: str) -> str:
    day = f"DATE(CONCAT({year}, '-{month}-31'))"
    return f"{day} - INTERVAL MOD(WEEKDAY({day}) + 1, 7) DAY"


def _changes() -> str:
    """When clocks change in the years around this one, in minutes from Monday: summer from 2:00, until 3:00."""
    lines = []
    for number in range(1, 5):
        year = f"(YEAR(@monday) {number - 3:+})"
        for name, month, clock in (("summer", "03", "02:00:00"), ("winter", "10", "03:00:00")):
            moment = f"TIMESTAMP({_last_sunday(year, month)}, '{clock}')"
            lines.append(f"SET @{name}_{number} = TIMESTAMPDIFF(MINUTE, @monday, {moment});")
    return "\n".join(lines)


def _stop_unless(condition: str, said: str, error: str) -> str:
    """Says it and breaks off. Where the client goes on nevertheless, nothing is written."""
    return f"""\
SET @seed_say = IF({condition}, 'DO 0', CONCAT('SELECT ', QUOTE({said}), ' AS stopped'));
PREPARE seed_statement FROM @seed_say;
EXECUTE seed_statement;
SET @seed_free = @seed_free AND ({condition});
SET @seed_stop = IF({condition}, 'DO 0', 'SELECT 1 FROM `{error}`');
PREPARE seed_statement FROM @seed_stop;
EXECUTE seed_statement;
DEALLOCATE PREPARE seed_statement;
"""


def _counted() -> str:
    """How many rows stand in the way; asked only where the tables are there."""
    counts = " + ".join(f"(SELECT COUNT(*) FROM {name})" for name in _OURS)
    more = f"(SELECT COUNT(*) FROM settings WHERE setting_name <> ''{VERSION_SETTING}'')"
    version = f"(SELECT MAX(setting_value) FROM settings WHERE setting_name = ''{VERSION_SETTING}'')"
    query = f"SELECT {counts} + {more}, {version} INTO @seed_rows, @seed_version"
    return f"""\
SET @seed_rows = 0, @seed_version = NULL;
SET @seed_count = IF(@seed_free, '{query}', 'DO 0');
PREPARE seed_statement FROM @seed_count;
EXECUTE seed_statement;
DEALLOCATE PREPARE seed_statement;
"""


HEAD = f"""\
-- Generated from src/avenrae_desktop/bootstrap/sample by scripts/seed.
-- A practice with a year and a half of work around this week. All of it is invented. After database/schema.sql:
-- mysql -u root -p avenrae_db < database/seed.sql
SET NAMES utf8mb4;
SET SESSION sql_mode = '{SQL_MODE}';

-- A database that holds something is left as it is: the message, and an error on which the client stops.
SET @seed_free = TRUE;
SET @seed_tables = (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()
                    AND table_name IN ('settings', {", ".join(f"'{name}'" for name in _OURS)}));
{
    _stop_unless(
        f"@seed_tables = {len(_OURS) + 1}",
        "'This database has no tables of a practice. Nothing was changed. Load database/schema.sql first.'",
        "no tables of a practice. Nothing was changed",
    )
}\
{_counted()}\
{
    _stop_unless(
        f"@seed_version <=> '{SCHEMA_VERSION}'",
        f"CONCAT('This database has version ', COALESCE(@seed_version, '?'), ', these data are of version"
        f" {SCHEMA_VERSION}. Nothing was changed.')",
        "another version. Nothing was changed",
    )
}\
{
    _stop_unless(
        "@seed_rows = 0",
        "CONCAT(DATABASE(), ' is in use already: ', @seed_rows, ' people, products, rooms and settings."
        " Nothing was changed. Sample data go into an empty database only.')",
        "in use already. Nothing was changed",
    )
}
-- The story is told in minutes from Monday 0:00 of this week, by the clocks of Zurich. @now is this minute.
SET @now_utc = UTC_TIMESTAMP();
SET @is_summer = @now_utc >= TIMESTAMP({_last_sunday("YEAR(@now_utc)", "03")}, '01:00:00')
             AND @now_utc < TIMESTAMP({_last_sunday("YEAR(@now_utc)", "10")}, '01:00:00');
SET @here = @now_utc + INTERVAL 1 + @is_summer HOUR;
SET @monday = CAST(DATE(@here) - INTERVAL WEEKDAY(@here) DAY AS DATETIME);
SET @now = TIMESTAMPDIFF(MINUTE, @monday, @here);
{_changes()}
"""
