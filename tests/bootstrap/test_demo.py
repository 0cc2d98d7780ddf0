"""The demo practice: believable, consistent, quickly made, and gone when it is thrown away."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from avenrae_desktop.bootstrap import Practices
from avenrae_desktop.bootstrap.demo import PASSWORD, SEED
from avenrae_desktop.bootstrap.demo.clients import demo_clients
from avenrae_desktop.bootstrap.demo.diary import Diary
from avenrae_desktop.bootstrap.demo.staff import HEALERS, OFFERS
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.bus import Undo
from avenrae_desktop.kernel.errors import RuleBroken, Unavailable
from avenrae_desktop.kernel.time import wall_of, zone_of
from avenrae_desktop.kernel.values import BookingStatus as S
from avenrae_desktop.kernel.values import PaymentStatus
from avenrae_desktop.settings.paths import Paths
from tests.bootstrap.conftest import NOW, add_ben, founding

LIVE = set(S) - {S.CANCELLED, S.NO_SHOW}


def diary(now: datetime = NOW, zone: str = "Europe/Zurich") -> Diary:
    return Diary(now, zone_of(zone), len(demo_clients()), SEED)


@pytest.fixture(scope="module")
def sixty() -> list[str]:
    return [f"{c.first_name} {c.last_name}" for c in demo_clients()]


def test_it_opens_without_a_question_and_is_what_the_issue_asks_for(practices: Practices) -> None:
    app = practices.open_demo()
    assert app.place.is_demo
    assert app.demo_password == PASSWORD
    assert app.check_password(PASSWORD)
    assert len(app.accounts.healers()) == 4
    with app.accounts.engine.connect() as connection:
        counts = [
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (t.clients, t.services, t.users)
        ]
        bookings = connection.execute(sa.select(t.bookings)).all()
        slots = connection.execute(sa.select(sa.func.count()).select_from(t.booking_slots)).scalar_one()
        entries = connection.execute(sa.select(t.transactions.c.booking_id, t.transactions.c.amount)).all()
    assert counts == [60, 15, 65]
    assert len(bookings) > 600
    assert slots > 6 * len(bookings)
    assert min(b.booking_date for b in bookings) < NOW - timedelta(weeks=6)
    assert max(b.booking_date for b in bookings) > NOW + timedelta(weeks=5)
    # What is called paid stands in the ledger.
    taken = {entry.booking_id: entry.amount for entry in entries}
    assert taken == {b.id: b.total_price for b in bookings if b.payment_status is PaymentStatus.PAID}
    assert len(taken) > 100
    with pytest.raises(RuleBroken, match="nothing_to_undo"):
        app.do(Undo())
    app.close()
    assert practices.known() == ()


def test_what_was_changed_in_it_stays_until_it_is_thrown_away(practices: Practices, paths: Paths) -> None:
    app = practices.open_demo()
    add_ben(app)
    with pytest.raises(Unavailable):
        practices.forget_demo()
    app.close()
    again = practices.open_demo()
    assert len(again.accounts.people()) == 6
    again.close()
    practices.forget_demo()
    assert not paths.demo.exists()
    practices.forget_demo()
    fresh = practices.open_demo()
    assert len(fresh.accounts.people()) == 5
    fresh.close()


def test_one_of_an_early_version_is_made_anew(practices: Practices) -> None:
    app = practices.open_demo()
    with app.accounts.engine.execution_options(avenrae_writes=True).begin() as connection:
        version = t.settings.c.setting_name == "schema_version"
        connection.execute(t.settings.update().where(version).values(setting_value="1"))
    app.close()
    app = practices.open_demo()
    assert app.clients.page("").rows
    app.close()


def test_a_real_practice_beside_it_is_left_alone(practices: Practices) -> None:
    app, _ = practices.create(founding())
    app.close()
    practices.open_demo().close()
    practices.forget_demo()
    assert [p.practice_name for p in practices.known()] == ["Praxis Grün & Söhne"]


def test_the_clients_are_of_all_kinds(sixty: list[str]) -> None:
    clients = demo_clients()
    assert len(set(sixty)) == 60
    emails = Counter(c.email for c in clients)
    assert emails[""] == 1
    assert max(emails.values()) == 2
    assert all(email.isascii() for email in emails)
    assert any("\u05d0" <= c.first_name[0] <= "\u05ea" for c in clients)
    assert len({c.phone for c in clients if c.phone}) == sum(bool(c.phone) for c in clients)


def test_the_same_seed_and_day_give_the_same_diary() -> None:
    assert list(diary().bookings()) == list(diary().bookings())


def test_today_looks_alive() -> None:
    bookings = list(diary(NOW.replace(hour=13, minute=30)).bookings())
    today = [b for b in bookings if b.local_start.date() == NOW.date()]
    statuses = Counter(b.status for b in today)
    assert statuses[S.COMPLETED] >= 3
    assert statuses[S.CONFIRMED] >= 1
    share = Counter(b.status for b in bookings)
    assert {S.NO_SHOW, S.CANCELLED, S.PENDING, S.REQUESTED} <= set(share)
    assert share[S.CANCELLED] < len(bookings) / 8


@settings(max_examples=15)
@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)),
    st.sampled_from(["Europe/Zurich", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo", "Etc/UTC"]),
)
def test_on_any_day_in_any_zone_it_is_consistent(now: datetime, zone: str) -> None:
    """What the database's triggers would refuse, and what nobody would believe."""
    taken: set[tuple[str, int, datetime]] = set()
    for b in diary(now, zone).bookings():
        offer = OFFERS[b.offer]
        assert b.healer in offer.healers
        assert b.created < b.start
        assert b.created <= now
        assert wall_of(b.start, zone_of(zone)) == b.local_start
        assert any(
            h.start_minute <= b.local_start.hour * 60 + b.local_start.minute < h.end_minute
            for h in HEALERS[b.healer].hours
            if h.weekday == b.local_start.weekday()
        )
        assert (b.status is S.CANCELLED) == (b.cancelled is not None) == (b.reason is not None)
        assert b.status is not S.COMPLETED or b.end <= now
        assert b.start > now or b.status not in {S.PENDING, S.REQUESTED, S.CONFIRMED}
        assert all(at is None or at <= max(now, b.end) for at in (b.cancelled, b.arrived, b.completed))
        if b.status in LIVE:
            at = b.start - timedelta(minutes=offer.before)
            while at < b.end + timedelta(minutes=offer.after):
                mine = {("healer", b.healer, at)} | (
                    {("room", offer.room, at)} if offer.room is not None else set()
                )
                assert not mine & taken
                taken |= mine
                at += timedelta(minutes=5)
