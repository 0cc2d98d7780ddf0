"""Who may see reports can read all eight with their own account; a healer and the desk read no ledger."""

from datetime import date

import pytest

from avenrae_desktop.areas.reports.queries import Basis
from avenrae_desktop.bootstrap.wiring import reads_over
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import utc_now, zone_of
from avenrae_desktop.kernel.values import HealerType
from tests.support.server_practice import ServerPractice


def test_an_administrator_reads_all_reports(practice: ServerPractice) -> None:
    with practice.engine("admin") as engine:
        reads = reads_over(engine, lambda: zone_of("Europe/Zurich"), utc_now).reports
        assert len(reads.monthly_revenue(date(2026, 1, 1), 3, Basis.SERVICE)) == 3
        assert len(reads.monthly_revenue(date(2026, 1, 1), 3, Basis.PAYMENT)) == 3
        assert reads.healer_revenue()
        assert reads.top_rated_services() == ()
        reads.available_healers(HealerType.REIKI)
        assert reads.client_history(new_uuid()).rows == ()
        assert reads.upcoming_bookings(new_uuid()).rows == ()
        # Other tests of this practice sell and hold events.
        reads.stock()
        reads.attendance()


@pytest.mark.parametrize("who", ["healer", "front_desk"])
def test_others_read_no_ledger(practice: ServerPractice, who: str) -> None:
    with practice.engine(who) as engine:
        reads = reads_over(engine, lambda: zone_of("Europe/Zurich"), utc_now).reports
        with pytest.raises(AppError):
            reads.monthly_revenue(date(2026, 1, 1), 3, Basis.PAYMENT)
