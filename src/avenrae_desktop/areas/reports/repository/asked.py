"""The statements with the program's values bound by name. Built once: building takes longer than reading."""

from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from avenrae_desktop.areas.reports.queries import Basis
from avenrae_desktop.areas.reports.repository import months, statements
from avenrae_desktop.db.tables import healers
from avenrae_desktop.db.types import Uid, Utc
from avenrae_desktop.kernel.paging import PAGE

MOST_HEALERS = 500
_Select = sa.Select[Any]


def _instant(name: str) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=Utc())


def _key(kind: Any) -> statements.Key:
    return sa.bindparam("after", type_=kind), sa.bindparam("after_id", type_=sa.Integer())


@lru_cache
def available_healers() -> _Select:
    kind = sa.bindparam("healer_type", type_=healers.c.healer_type.type)
    return statements.available_healers(kind, MOST_HEALERS)


@lru_cache
def client_history(*, paged: bool) -> _Select:
    client = sa.bindparam("client", type_=Uid())
    return statements.client_history(client, PAGE + 1, _key(Utc()) if paged else None)


@lru_cache
def upcoming_bookings(*, paged: bool) -> _Select:
    healer = sa.bindparam("healer", type_=Uid())
    key = _key(Utc()) if paged else None
    return statements.upcoming_bookings(healer, _instant("now"), _instant("since"), PAGE + 1, key)


@lru_cache
def healer_revenue() -> _Select:
    return statements.healer_revenue(_instant("since"), _instant("until"), MOST_HEALERS)


@lru_cache
def rated_services() -> _Select:
    return statements.rated_services(sa.bindparam("least", type_=sa.Integer()))


@lru_cache
def stock(*, paged: bool) -> _Select:
    return statements.stock(PAGE + 1, _key(sa.Integer()) if paged else None)


@lru_cache
def attendance(*, paged: bool) -> _Select:
    return statements.attendance(PAGE + 1, _key(Utc()) if paged else None)


@lru_cache
def monthly_revenue(many: int, basis: Basis) -> _Select:
    """Months are called by their number, the newest 0; `month_0` is its first instant."""
    named = [months.Month(sa.literal_column(str(n), sa.Integer()), _instant(f"month_{n}")) for n in range(many)]
    if basis is Basis.PAYMENT:
        return months.by_payment(named, _instant("until"))
    return months.by_service(named, _instant("until"), _instant("now"))
