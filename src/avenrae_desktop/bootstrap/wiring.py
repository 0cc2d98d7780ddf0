"""Every area's handlers and reads, in one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from avenrae_desktop.areas.accounts import use_cases as accounts
from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.areas.calendar import use_cases as calendar
from avenrae_desktop.areas.calendar.repository import CalendarReads
from avenrae_desktop.areas.clients import use_cases as clients
from avenrae_desktop.areas.clients.repository import ClientReads
from avenrae_desktop.areas.reports.repository import ReportReads
from avenrae_desktop.areas.services import use_cases as services
from avenrae_desktop.areas.services.repository import ServiceReads
from avenrae_desktop.db.unit_of_work import unit_of_work
from avenrae_desktop.kernel.bus import Bus, Command, Handler
from avenrae_desktop.kernel.time import Clock

HANDLERS: Mapping[type[Command], Handler] = {
    **accounts.HANDLERS,
    **services.HANDLERS,
    **clients.HANDLERS,
    **calendar.HANDLERS,
}


@dataclass(frozen=True, slots=True)
class Reads:
    """What the screens of each area read with."""

    accounts: AccountReads
    clients: ClientReads
    services: ServiceReads
    calendar: CalendarReads
    reports: ReportReads


def bus_over(engine: sa.Engine, clock: Clock, handlers: Mapping[type[Command], Handler] = HANDLERS) -> Bus:
    return Bus(unit_of_work(engine, clock), handlers)


def reads_over(engine: sa.Engine, zone: Callable[[], ZoneInfo], clock: Clock) -> Reads:
    """`zone` is asked at each read, because the practice may change it."""
    return Reads(
        AccountReads(engine),
        ClientReads(engine),
        ServiceReads(engine),
        CalendarReads(engine, zone, clock),
        ReportReads(engine, zone, clock),
    )
