"""The eight reports say on every engine what plain Python says over the raw rows."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
import sqlalchemy as sa

from avenrae_desktop.areas.reports.queries import Basis
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import HealerType
from tests.reports import compare
from tests.reports.conftest import Practice


def test_available_healers(practice: Practice) -> None:
    assert compare.check_healers(practice.reads, practice.oracle) == 4


def test_client_history(practice: Practice) -> None:
    assert compare.check_history(practice.reads, practice.oracle) > 60  # more than a page


def test_upcoming_bookings(practice: Practice) -> None:
    assert compare.check_upcoming(practice.reads, practice.oracle) > 20


def test_revenue_by_healer(practice: Practice) -> None:
    days = (None, None), (date(2026, 8, 1), date(2026, 11, 1)), (date(2026, 1, 1), None), (None, date(2025, 1, 1))
    assert compare.check_revenue(practice.reads, practice.oracle, *days) > 100


def test_top_rated_services(practice: Practice) -> None:
    assert compare.check_services(practice.reads, practice.oracle) == 11


def test_stock(practice: Practice) -> None:
    assert compare.check_stock(practice.reads, practice.oracle) > 60


def test_attendance(practice: Practice) -> None:
    # Less than a page here; the pages are tried below.
    assert compare.check_attendance(practice.reads, practice.oracle) > 40


@pytest.mark.parametrize("basis", list(Basis))
def test_monthly_revenue(practice: Practice, basis: Basis) -> None:
    assert compare.check_months(practice.reads, practice.oracle, date(2025, 6, 15), 20, basis) > 100
    assert compare.check_months(practice.reads, practice.oracle, date(2026, 8, 1), 3, basis) > 10


def test_months_and_healers_agree(practice: Practice) -> None:
    """Two reports that somebody will lay side by side."""
    months = practice.reads.monthly_revenue(date(2026, 8, 1), 3)
    healers = practice.reads.healer_revenue(date(2026, 8, 1), date(2026, 11, 1))
    assert sum(m.booking_revenue for m in months) == sum(h.booked for h in healers) > 0
    assert sum(m.bookings for m in months) == sum(h.bookings for h in healers)


def test_nobody_and_nothing(practice: Practice) -> None:
    reads = practice.reads
    assert reads.client_history(new_uuid()).rows == ()
    assert reads.upcoming_bookings(new_uuid()).rows == ()
    assert reads.available_healers(HealerType.NATUROPATH) == ()
    assert reads.top_rated_services(least=1000) == ()
    assert {row.total for row in reads.monthly_revenue(date(2019, 3, 1), 2)} == {0}
    for many in (0, 61):
        with pytest.raises(ValueError, match="months"):
            reads.monthly_revenue(date(2026, 1, 1), many)


def test_each_is_one_statement(
    practice: Practice, statements: "Callable[[sa.Engine], AbstractContextManager[list[str]]]"
) -> None:
    reads = practice.reads
    with statements(practice.engine) as seen:
        reads.available_healers(HealerType.REIKI)
        reads.client_history(new_uuid())
        reads.upcoming_bookings(new_uuid())
        reads.healer_revenue()
        reads.top_rated_services()
        reads.stock()
        reads.attendance()
        reads.monthly_revenue(date(2026, 1, 1), 12)
    assert len(seen) == 8
