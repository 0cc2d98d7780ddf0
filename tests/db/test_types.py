"""Values come back from every engine as they were given, and what has no meaning is refused on the way in."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from avenrae_desktop.db import tables as t
from avenrae_desktop.db.types import Money, Percent, Rating, Uid, Utc, Wall, choice, exact, long_text
from avenrae_desktop.kernel.values import BookingStatus
from tests.db.conftest import Shared

relaxed = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
zones = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
instants = st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=st.one_of(st.just(UTC), zones))
amounts = st.decimals(Decimal("-99999999.99"), Decimal("99999999.99"), places=2)

values = sa.Table(
    "values_of_types",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("instant", Utc),
    sa.Column("wall", Wall),
    sa.Column("uid", Uid),
    sa.Column("money", Money),
    sa.Column("percent", Percent),
    sa.Column("rating", Rating),
    sa.Column("status", choice(BookingStatus, "status_of_type")),
    sa.Column("code", exact(40)),
    sa.Column("words", long_text()),
    mysql_charset="utf8mb4",
    mariadb_charset="utf8mb4",
)


@pytest.fixture(scope="module", autouse=True)
def _table(shared: Shared) -> None:
    values.drop(shared.practice.engine, checkfirst=True)
    values.create(shared.practice.engine)


def through(shared: Shared, column: str, value: object) -> object:
    """Written and read back in one transaction that is taken back."""
    with shared.practice.engine.connect() as c:
        key = c.execute(values.insert().values(**{column: value})).inserted_primary_key[0]
        back: object = c.scalar(sa.select(values.c[column]).where(values.c.id == key))
        found = c.scalar(sa.select(values.c.id).where(values.c[column] == value, values.c.id == key))
        assert found == key
        return back


@relaxed
@given(instants)
@example(datetime(2026, 11, 23, 10, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=5, minutes=45))))
def test_an_instant_is_the_same_instant(shared: Shared, instant: datetime) -> None:
    back = through(shared, "instant", instant)
    assert isinstance(back, datetime)
    assert back == instant
    assert back.tzinfo is UTC


@relaxed
@given(amounts)
@example(Decimal("0.29"))
@example(Decimal(7))
def test_an_amount_is_the_same_amount(shared: Shared, amount: Decimal) -> None:
    back = through(shared, "money", amount)
    assert isinstance(back, Decimal)
    assert back == amount
    assert back.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("column", "value"), [("percent", "7.70"), ("percent", "100.00"), ("rating", "4.87"), ("rating", "0.00")]
)
def test_a_share_and_an_average_are_exact(shared: Shared, column: str, value: str) -> None:
    assert through(shared, column, Decimal(value)) == Decimal(value)


@relaxed
@given(st.uuids())
def test_a_uuid_is_sixteen_bytes(shared: Shared, uuid: UUID) -> None:
    assert through(shared, "uid", uuid) == uuid


@relaxed
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
@example("Zoë 🙂 \u202eשלום <img src=x> %_\\' \"")
def test_text_is_the_same_text(shared: Shared, text: str) -> None:
    assert through(shared, "words", text) == text
    assert through(shared, "code", text) == text


@pytest.mark.parametrize("status", list(BookingStatus))
def test_a_status_is_the_same_member(shared: Shared, status: BookingStatus) -> None:
    assert through(shared, "status", status) is status
    assert through(shared, "status", status.value) is status


def test_nothing_stays_nothing(shared: Shared) -> None:
    with shared.practice.engine.connect() as c:
        c.execute(values.insert().values(code="empty"))
        [found] = c.execute(values.select().where(values.c.code == "empty")).all()
    assert set(found[1:]) == {None, "empty"}


def test_sums_of_cents_are_exact(shared: Shared) -> None:
    with shared.practice.engine.connect() as c:
        for cents in ("0.10", "0.20", "0.07"):
            c.execute(values.insert().values(money=Decimal(cents)))
        total = c.scalar(sa.select(sa.func.sum(values.c.money)))
    assert total == Decimal("0.37")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("instant", datetime(2026, 11, 23, 10)),
        ("wall", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("status", "maybe"),
        ("status", "CONFIRMED"),
    ],
)
def test_what_has_no_meaning_never_reaches_the_database(shared: Shared, column: str, value: object) -> None:
    with pytest.raises(StatementError) as refused:
        through(shared, column, value)
    assert isinstance(refused.value.orig, ValueError | LookupError)


def test_half_a_cent_is_never_stored(shared: Shared) -> None:
    with pytest.raises((StatementError, ValueError)):
        through(shared, "money", Decimal("0.005"))


def test_text_that_is_too_long_is_refused_not_cut_by_servers(shared: Shared) -> None:
    if shared.place.kind == "sqlcipher":
        assert through(shared, "code", "x" * 41) == "x" * 41  # the use cases check lengths
        return
    with pytest.raises(sa.exc.DataError):
        through(shared, "code", "x" * 41)


def test_codes_are_compared_byte_by_byte(shared: Shared) -> None:
    with shared.practice.engine.connect() as c:
        c.execute(values.insert().values(code="Ada"))
        for other in ("ada", "Adá", "ADA"):
            assert c.scalar(sa.select(values.c.id).where(values.c.code == other)) is None, other


def test_dates_of_birth_come_back_as_dates(shared: Shared) -> None:
    with shared.practice.engine.connect() as c:
        c.execute(t.clients.update().values(date_of_birth=date(1908, 2, 29)))
        assert set(c.scalars(sa.select(t.clients.c.date_of_birth))) == {date(1908, 2, 29)}
