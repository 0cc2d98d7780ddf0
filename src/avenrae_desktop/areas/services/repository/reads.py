"""What the services' screens ask for; every method opens its own connection and may run in any thread."""

from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.areas.services.problems import NO_SERVICE
from avenrae_desktop.areas.services.queries import RoomRow, ServiceChoices, ServiceRow
from avenrae_desktop.db.tables import healers, resources, service_providers, services, users
from avenrae_desktop.db.types import Uid
from avenrae_desktop.db.unit_of_work import reading
from avenrae_desktop.kernel.errors import NotFound
from avenrae_desktop.kernel.paging import PAGE, Page
from avenrae_desktop.kernel.text import search_key
from avenrae_desktop.kernel.values import ResourceKind

s, r, sp = services.c, resources.c, service_providers.c
_key = lru_cache(maxsize=2048)(search_key)
_Providers = dict[int, tuple[list[UUID], list[str]]]
_NOBODY: tuple[list[UUID], list[str]] = ([], [])


class ServiceReads:
    """Reads of services and rooms."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def all(self, *, archived: bool = False) -> tuple[ServiceRow, ...]:
        """Every service that is offered (or, with `archived`, was), by name."""
        with reading(self._engine) as connection:
            rows = _services(connection, _Which.ARCHIVED if archived else _Which.OFFERED)
        return tuple(sorted(rows, key=lambda row: (_key(row.service_name), row.uuid)))

    def page(
        self, text: str = "", after: tuple[object, ...] | None = None, *, archived: bool = False
    ) -> Page[ServiceRow]:
        """Up to 60 services by name, of which a word begins like each word of `text`."""
        with reading(self._engine) as connection:
            names = connection.execute(_names(archived=archived)).all()
            # A practice has some hundred services at most: their names are sorted here, because no engine sorts
            # and finds Äther next to Ather by itself.
            found = sorted((_key(name), number) for number, name in names)
            words = search_key(text).split()
            hits = [place for place in found if _fits(place[0], words)] if words else found
            if after is not None:
                hits = [place for place in hits if place > after]
            shown = [number for _, number in hits[:PAGE]]
            rows = _services(connection, _Which.SHOWN, {"shown": shown}) if shown else []
        ordered = sorted(rows, key=lambda row: (_key(row.service_name), row.uuid))
        return Page(tuple(ordered), hits[PAGE - 1] if len(hits) > PAGE else None)

    def detail(self, service: UUID) -> ServiceRow:
        """One service, archived or not. Raises NotFound."""
        with reading(self._engine) as connection:
            rows = _services(connection, _Which.ONE, {"service": service})
        if not rows:
            raise NotFound(NO_SERVICE)
        return rows[0]

    def rooms(self) -> tuple[RoomRow, ...]:
        """The rooms in use, by name."""
        query = sa.select(r.uuid, r.resource_name).where(r.kind == ResourceKind.ROOM, r.archived_at.is_(None))
        with reading(self._engine) as connection:
            rows = [RoomRow(row.uuid, row.resource_name) for row in connection.execute(query)]
        return tuple(sorted(rows, key=lambda row: (search_key(row.resource_name), row.uuid)))

    def choices(self) -> ServiceChoices:
        """What a service's form offers, and the currency of prices."""
        accounts = AccountReads(self._engine)
        healers = tuple((healer.uuid, healer.name) for healer in accounts.healers())
        return ServiceChoices(healers, self.rooms(), accounts.settings().currency)


def _state(*, archived: bool) -> sa.ColumnElement[bool]:
    return s.archived_at.is_not(None) if archived else s.archived_at.is_(None)


def _fits(key: str, words: Sequence[str]) -> bool:
    parts = key.replace("-", " ").split()
    return all(any(part.startswith(word) for part in (*parts, key)) for word in words)


class _Which(Enum):
    """Which services a statement reads. Statements are built once: building takes longer than reading."""

    OFFERED = auto()
    ARCHIVED = auto()
    SHOWN = auto()
    ONE = auto()


def _where(which: _Which) -> sa.ColumnElement[bool]:
    match which:
        case _Which.SHOWN:
            return s.id.in_(sa.bindparam("shown", type_=sa.Integer, expanding=True))
        case _Which.ONE:
            return s.uuid == sa.bindparam("service", type_=Uid)
    return _state(archived=which is _Which.ARCHIVED)


@lru_cache
def _names(*, archived: bool) -> sa.Select[Any]:
    return sa.select(s.id, s.service_name).where(_state(archived=archived))


@lru_cache
def _services_query(which: _Which) -> sa.Select[Any]:
    return (
        sa.select(
            s.id,
            s.uuid,
            s.version,
            s.service_name,
            s.service_category,
            s.duration_minutes,
            s.buffer_before_minutes,
            s.buffer_after_minutes,
            s.price,
            s.description,
            s.archived_at,
            r.uuid.label("room"),
            r.resource_name.label("room_name"),
        )
        .select_from(services.outerjoin(resources, r.id == s.room_id))
        .where(_where(which))
    )


@lru_cache
def _providers_query(which: _Which) -> sa.Select[Any]:
    return (
        sa.select(sp.service_id, healers.c.uuid, users.c.first_name, users.c.last_name)
        .select_from(
            services.join(service_providers, sp.service_id == s.id)
            .join(healers, healers.c.id == sp.healer_id)
            .join(users, users.c.id == healers.c.user_id)
        )
        .where(_where(which), sp.ended_at.is_(None))
        # The main healer first.
        .order_by(sp.service_id, sp.healer_id != s.healer_id, users.c.first_name, users.c.last_name, healers.c.id)
    )


def _services(connection: sa.Connection, which: _Which, params: dict[str, Any] | None = None) -> list[ServiceRow]:
    """Two statements, however many services."""
    rows = connection.execute(_services_query(which), params).all()
    providers = _providers(connection, which, params) if rows else {}
    return [_row(row, *providers.get(row[0], _NOBODY)) for row in rows]


def _providers(connection: sa.Connection, which: _Which, params: dict[str, Any] | None) -> _Providers:
    """The healers of each service, their uuids and names, the main one first."""
    found: _Providers = {}
    for service, healer, first, last in connection.execute(_providers_query(which), params).all():
        uuids, names = found.get(service) or found.setdefault(service, ([], []))
        uuids.append(healer)
        names.append(f"{first} {last}".strip())
    return found


def _row(row: Any, healers: Sequence[UUID], names: Sequence[str]) -> ServiceRow:
    _, uuid, version, name, category, minutes, before, after, price, text, archived_at, room, room_name = row
    return ServiceRow(
        uuid, version, name, category, minutes, before, after, price, text or "", tuple(healers), tuple(names),
        room, room_name or "", archived_at is not None,
    )  # fmt: skip
