"""database/seed.sql and database/queries, as a stranger's client meets them on MySQL and on MariaDB."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pymysql
import pytest

from avenrae_desktop.areas.reports.queries import Basis
from avenrae_desktop.areas.reports.repository import ReportReads
from avenrae_desktop.bootstrap.sample.questions import questions
from avenrae_desktop.bootstrap.sample.script import seed_script
from avenrae_desktop.bootstrap.sample.story import tell
from avenrae_desktop.db.schema import SCHEMA_VERSION
from avenrae_desktop.kernel.shipped import shipped
from avenrae_desktop.kernel.values import HealerType
from tests.db.market import check
from tests.db.test_schema import THE_DOCUMENTS
from tests.reports import compare
from tests.reports.oracle import Oracle
from tests.reports.seeded import LOADED_AT, Seeded, moment, seed, with_schema
from tests.support.places import ServerKind
from tests.support.servers import fresh_database, server_engine, server_url

QUERIES = shipped("database") / "queries"
ZONE = ZoneInfo("Europe/Zurich")
_PLAIN = ("--batch", "--skip-column-names", "--default-character-set=utf8mb4")
_PAST = """'created_at', 'taken_at', 'sent_at', 'cancelled_at', 'confirmed_at', 'read_at', 'seen_at',
    'resolved_at', 'responded_at', 'order_date', 'completed_at', 'arrived_at', 'registered_at', 'moderated_at'"""
MONDAY = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def both(run_folder: Path) -> Iterator[dict[ServerKind, Seeded]]:
    with ExitStack() as stack:
        found = {kind: stack.enter_context(with_schema(kind, run_folder)) for kind in ServerKind}
        with ThreadPoolExecutor() as pool:
            loading = [pool.submit(place.load, seed(), moment(LOADED_AT)) for place in found.values()]
        for done in (each.result() for each in loading):
            assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
        yield found


@pytest.fixture(params=list(ServerKind), ids=str)
def kind(request: pytest.FixtureRequest) -> ServerKind:
    return request.param


@pytest.fixture
def place(kind: ServerKind, both: dict[ServerKind, Seeded]) -> Seeded:
    return both[kind]


def test_the_files_are_up_to_date() -> None:
    assert seed() == seed_script(), "run scripts/seed and commit database/seed.sql"
    written = {path.name: path.read_text() for path in QUERIES.glob("*.sql") if ".document." not in path.name}
    made = {f"{q.name}.sql": q.text() for q in questions()}
    assert written == made, "run scripts/seed and commit database/queries"


def test_everything_of_a_practice_is_there(place: Seeded) -> None:
    many = {table: place.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in THE_DOCUMENTS.split()}
    named = ("healers", "clients", "services", "products", "events")
    assert [many[name] for name in named] == [12, 150, 60, 80, 20]
    assert min(many.values()) > 0
    assert many["bookings"] > 3000
    assert {row[0] for row in place.rows("SELECT DISTINCT healer_type FROM healers")} == set(HealerType)
    lists = (
        ("bookings", "status", 7),
        ("orders", "status", 4),
        ("event_registrations", "status", 5),
        ("reviews", "status", 3),
        ("support_tickets", "status", 5),
        ("transactions", "tender", 4),
        ("transactions", "kind", 2),
        ("bookings", "payment_status", 5),
        ("products", "product_type", 5),
    )
    for table, column, at_least in lists:
        [(values,)] = place.rows(f"SELECT COUNT(DISTINCT {column}) FROM {table}")
        assert values >= at_least, (table, column)


def test_it_lies_around_this_week(place: Seeded) -> None:
    [(first, last)] = place.rows("SELECT MIN(booking_date), MAX(booking_date) FROM bookings")
    assert first.replace(tzinfo=UTC) - MONDAY < -timedelta(weeks=64)
    assert timedelta(weeks=12) < last.replace(tzinfo=UTC) - MONDAY < timedelta(weeks=13)
    now = LOADED_AT.replace(tzinfo=None)
    wrong = "booking_date > '{now}' AND status IN ('completed', 'no_show', 'in_session')"
    assert place.rows(f"SELECT id FROM bookings WHERE {wrong.format(now=now)}") == []
    left = "ends_at <= '{now}' AND status NOT IN ('completed', 'no_show', 'cancelled')"
    assert place.rows(f"SELECT id FROM bookings WHERE {left.format(now=now)}") == []
    ahead = f"SELECT COUNT(*) FROM bookings WHERE booking_date BETWEEN '{now}' AND '2026-11-29'"
    assert place.rows(ahead)[0][0] > 30
    columns = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()"
    for table, column in place.rows(f"{columns} AND column_name IN ({_PAST})"):
        assert place.rows(f"SELECT COUNT(*) FROM {table} WHERE {column} > '{now}'") == [(0,)], (table, column)


def test_wall_times_are_those_of_zurich(place: Seeded) -> None:
    for table, column in (("bookings", "booking_date"), ("events", "event_date")):
        found = place.rows(f"SELECT {column}, local_start FROM {table}")
        times = [(start.replace(tzinfo=UTC), local) for start, local in found]
        assert all(start.astimezone(ZONE).replace(tzinfo=None) == local for start, local in times)
        assert len({local - start.replace(tzinfo=None) for start, local in times}) == 2  # summer and winter


def test_stock_seats_coupons_and_the_ledger_add_up(place: Seeded) -> None:
    check(place, dict(enumerate(tell().first_stock, 1)))
    [(short, none)] = place.rows(
        "SELECT SUM(stock_quantity < reorder_level), SUM(stock_quantity = 0) FROM products"
    )
    assert short > none > 3
    assert place.rows("SELECT COUNT(*) FROM coupons WHERE used_count = max_uses") == [(1,)]
    full = "SELECT COUNT(*) FROM events WHERE seats_taken = max_capacity AND status = 'completed'"
    assert place.rows(full)[0][0] > 3
    rated = "SELECT COUNT(*) FROM healers h WHERE rating <> (SELECT ROUND(AVG(r.rating), 2) FROM reviews r"
    assert place.rows(f"{rated} WHERE r.healer_id = h.id AND r.status = 'published')") == [(0,)]


def test_there_is_a_story_to_every_month(place: Seeded) -> None:
    engine = server_engine(place.url)
    months = ReportReads(engine, lambda: ZONE, lambda: LOADED_AT).monthly_revenue(date(2025, 11, 1), 12)
    engine.dispose()
    assert min(month.bookings for month in months) > 40
    assert min(month.product_revenue for month in months) > 500
    assert sum(month.event_revenue for month in months) > 2000
    assert months[0].booking_revenue > 1.3 * float(months[-1].booking_revenue)


def test_both_servers_hold_the_same(both: dict[ServerKind, Seeded]) -> None:
    for table in THE_DOCUMENTS.split():
        # Ours alone is when it was loaded, to the second; the settings are of schema.sql.
        mysql, mariadb = (place.rows(f"SELECT * FROM {table} ORDER BY id") for place in both.values())
        assert mysql == mariadb, table


def test_the_reports_of_it_are_right(place: Seeded) -> None:
    engine = server_engine(place.url)
    reads, oracle = ReportReads(engine, lambda: ZONE, lambda: LOADED_AT), Oracle(engine, ZONE, LOADED_AT)
    assert compare.check_healers(reads, oracle) > 7
    assert compare.check_upcoming(reads, oracle) > 300
    assert compare.check_revenue(reads, oracle, (None, None), (date(2026, 1, 1), date(2026, 11, 1))) > 2000
    assert compare.check_services(reads, oracle) > 50
    assert compare.check_stock(reads, oracle) == 78
    assert compare.check_attendance(reads, oracle) == 19
    for basis in Basis:
        assert compare.check_months(reads, oracle, date(2025, 9, 1), 16, basis) > 3000
    engine.dispose()


@pytest.mark.parametrize("number", range(1, 8))
def test_the_documents_queries_run_word_for_word(place: Seeded, number: int) -> None:
    """In whatever sql_mode the server begins with; through its client too."""
    [path] = QUERIES.glob(f"{number}_*.document.sql")
    rows = place.answers(path.read_text(), f"SET timestamp = {LOADED_AT.timestamp()}")
    assert rows
    done = place.load(path.read_text(), *_PLAIN, moment(LOADED_AT))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == len(rows)


def test_the_documents_eighth_query_cannot_run(place: Seeded) -> None:
    with pytest.raises(pymysql.err.ProgrammingError) as refused:
        place.answers((QUERIES / "8_monthly_revenue.document.sql").read_text())
    assert refused.value.args[0] == 1064


def test_the_corrected_files_say_what_the_program_says(place: Seeded) -> None:
    """Under the strict mode; months are those of UTC there."""
    engine, now = server_engine(place.url), LOADED_AT
    reads = ReportReads(engine, lambda: ZoneInfo("UTC"), lambda: now)
    files = {q.name[0] + q.name.rpartition("_")[2]: place.strictly(q.text()) for q in questions()}
    [(client,)], [(healer,)] = (
        place.rows(f"SELECT uuid FROM {table} WHERE id = 1") for table in ("clients", "healers")
    )

    def first(rows: list[tuple[object, ...]]) -> list[object]:
        return [row[0] for row in rows]

    assert (
        first(files["1healers"])
        == [r.healer.bytes for r in reads.available_healers(HealerType.PSYCHOLOGIST)]
        != []
    )
    history = reads.client_history(compare.uuid_of(client)).rows
    assert first(files["2history"]) == [r.booking.bytes for r in history] != []
    ahead = reads.upcoming_bookings(compare.uuid_of(healer)).rows
    assert first(files["3bookings"]) == [r.booking.bytes for r in ahead] != []
    services = {r.service.bytes: r.reviews for r in reads.top_rated_services(3, 100)}
    assert {row[0]: row[5] for row in files["5services"]} == services != {}
    assert first(files["6stock"]) == [r.product.bytes for r in reads.stock().rows] != []
    assert [(row[0], row[8]) for row in files["7attendance"]] == [
        (r.event.bytes, r.seats) for r in reads.attendance().rows
    ]
    for basis, name in ((Basis.SERVICE, "8revenue"), (Basis.PAYMENT, "8payment")):
        months = reads.monthly_revenue(date(2026, 6, 1), 6, basis)
        assert [row[1:] for row in files[name]] == [m[1:-1] for m in months]
        assert first(files[name]) == [f"{m.month:%Y-%m}" for m in months]
    # A year back from now, to the microsecond, is no whole number of days.
    earned = {row[0]: (row[3], row[4], row[5]) for row in files["4revenue"]}
    oracle = Oracle(engine, ZONE, now)
    since = now.replace(year=now.year - 1)
    expected = {
        uuid: (many, booked, back)
        for uuid, (_, many, booked, back, *_) in oracle.healer_revenue(since, now).items()
    }
    assert {uuid: (n, int(x * 100), int(y * 100)) for uuid, (n, x, y) in earned.items()} == expected
    engine.dispose()


# --- what it refuses ------------------------------------------------------------------------------


def everything(place: Seeded) -> list[object]:
    tables = [row[0] for row in place.rows("SHOW TABLES")]
    return [(table, place.rows(f"CHECKSUM TABLE {table}")) for table in tables]


@pytest.mark.parametrize("goes_on", [False, True], ids=["stops", "goes_on"])
def test_loaded_twice_it_says_so_and_alters_nothing(place: Seeded, goes_on: bool) -> None:
    before = everything(place)
    again = place.load(seed(), *(["--force"] if goes_on else []))
    assert "is in use already" in again.stdout
    assert "Nothing was changed" in again.stdout
    assert "in use already. Nothing was changed" in again.stderr
    assert goes_on or (again.returncode != 0 and again.stderr.count("ERROR") == 1)
    assert everything(place) == before


def test_it_wants_the_schema_first(kind: ServerKind, run_folder: Path) -> None:
    with fresh_database(server_url(kind, run_folder)) as url:
        place = Seeded(kind, url)
        done = place.load(seed())
        assert done.returncode != 0
        assert "Load database/schema.sql first." in done.stdout
        assert place.rows("SHOW TABLES") == []


def test_another_version_and_a_product_of_ones_own_are_refused(kind: ServerKind, run_folder: Path) -> None:
    with fresh_database(server_url(kind, run_folder)) as url:
        place = Seeded(kind, url)
        for table in ("users", "products", "resources", "system_logs"):
            place.rows(f"CREATE TABLE {table} (id INT)")
        place.rows("CREATE TABLE settings (setting_name VARCHAR(60), setting_value TEXT)")
        place.rows("INSERT INTO settings VALUES ('schema_version', '2')")
        done = place.load(seed())
        assert done.returncode != 0
        assert "This database has version 2" in done.stdout
        place.rows(f"UPDATE settings SET setting_value = '{SCHEMA_VERSION}'")
        place.rows("INSERT INTO products VALUES (1)")
        done = place.load(seed())
        assert done.returncode != 0
        assert "is in use already: 1 people, products, rooms and settings." in done.stdout
        assert [place.rows(f"SELECT COUNT(*) FROM {table}") for table in ("users", "products")] == [[(0,)], [(1,)]]


@pytest.mark.long
@pytest.mark.parametrize(
    "when", ["2027-03-28T22:30", "2028-02-29T12:00", "2026-12-31T23:30", "2026-07-19T22:01", "2026-10-25T01:30"]
)
def test_it_can_be_loaded_on_any_day(kind: ServerKind, run_folder: Path, when: str) -> None:
    now = datetime.fromisoformat(when).replace(tzinfo=UTC)
    with with_schema(kind, run_folder) as place:
        done = place.load(seed(), moment(now))
        assert (done.returncode, done.stderr) == (0, "")
        test_wall_times_are_those_of_zurich(place)
        test_stock_seats_coupons_and_the_ledger_add_up(place)
        late = f"SELECT COUNT(*) FROM bookings WHERE created_at > '{now.replace(tzinfo=None)}'"
        assert place.rows(late) == [(0,)]
