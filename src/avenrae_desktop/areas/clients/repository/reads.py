"""What the clients' screens ask for; every method opens its own connection and may run in any thread."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.areas.accounts.queries import HealerRow
from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.areas.clients.domain import ClientFields
from avenrae_desktop.areas.clients.keys import keys_of
from avenrae_desktop.areas.clients.problems import NO_CLIENT
from avenrae_desktop.areas.clients.queries import ClientDetail, ClientHit, ClientRow, full_name
from avenrae_desktop.areas.clients.repository.search import COLUMNS, After, Search, search_of, statements
from avenrae_desktop.db.tables import clients, healers, users
from avenrae_desktop.db.unit_of_work import reading
from avenrae_desktop.kernel.errors import NotFound
from avenrae_desktop.kernel.paging import PAGE, Page

c, u = clients.c, users.c

_LIKELY = 12
_SAME_NUMBER = 8
"""As many last digits of two numbers are alike when only the way to dial the country differs."""


class ClientReads:
    """Reads of clients."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def find(self, text: str, limit: int = 12) -> tuple[ClientHit, ...]:
        """The best hits for part of a name, phone number or e-mail; none for an empty text."""
        search = search_of(text) if text.strip() else None
        if search is None:
            return ()
        with reading(self._engine) as connection:
            found = _found(connection, search, None, limit, archived=False)
        return tuple(_hit(row) for row in _in_name_order(found))

    def page(self, text: str, after: After | None = None, *, archived: bool = False) -> Page[ClientRow]:
        """Up to 60 clients: all by name, or the hits of a search, best first.

        With `archived` those who were archived instead. `after` is the last page's `after`.
        """
        search = search_of(text)
        if search is None:
            return Page(())
        with reading(self._engine) as connection:
            found = _found(connection, search, after, PAGE + 1, archived=archived)
        last = found[PAGE - 1] if len(found) > PAGE else None
        place = None if last is None else (last.branch, last.key_one, last.key_two, last.id)
        # Without a search there is one branch, in the order of its index.
        shown = _in_name_order(found[:PAGE]) if search.words else found[:PAGE]
        return Page(tuple(map(_row, shown)), place)

    def detail(self, client: UUID) -> ClientDetail:
        """Everything about one client, archived or not. Raises NotFound."""
        healer_users = users.alias("healer_users")
        query = (
            sa.select(
                *COLUMNS,
                c.gender,
                c.emergency_contact_name,
                c.emergency_contact_phone,
                c.note,
                c.created_at,
                healers.c.uuid.label("healer"),
                healer_users.c.first_name.label("healer_first"),
                healer_users.c.last_name.label("healer_last"),
            )
            .select_from(
                clients.join(users, u.id == c.user_id)
                .outerjoin(healers, healers.c.id == c.preferred_healer_id)
                .outerjoin(healer_users, healer_users.c.id == healers.c.user_id)
            )
            .where(c.uuid == client)
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFound(NO_CLIENT)
        return _detail(row)

    def healers(self) -> tuple[HealerRow, ...]:
        """Who can be preferred by a client."""
        return AccountReads(self._engine).healers()

    def duplicates(
        self,
        first_name: str,
        last_name: str,
        date_of_birth: date | None,
        phone: str,
        email: str,
        without: UUID | None = None,
    ) -> tuple[ClientHit, ...]:
        """Clients who may be the same person, likeliest first, archived ones too; `without` is the one edited."""
        fields = ClientFields(first_name=first_name, last_name=last_name, phone=phone, email=email)
        signs = _signs(fields, date_of_birth)
        if not signs:
            return ()
        parts = []
        for number, (points, where) in enumerate(signs):
            alike = sa.select(c.id, sa.literal_column(str(points), sa.Integer).label("points")).where(where)
            parts.append(sa.select(alike.limit(_LIKELY + 1).subquery(f"sign_{number}")))
        alike_ids = sa.union_all(*parts).subquery("alike")
        likely = (
            sa.select(alike_ids.c.id, sa.func.sum(alike_ids.c.points).label("points"))
            .group_by(alike_ids.c.id)
            .subquery("likely")
        )
        query = (
            sa.select(*COLUMNS)
            .select_from(likely.join(clients, c.id == likely.c.id).join(users, u.id == c.user_id))
            .order_by(likely.c.points.desc(), c.last_key, c.first_key, c.id)
            .limit(_LIKELY)
        )
        if without is not None:
            query = query.where(c.uuid != without)
        with reading(self._engine) as connection:
            return tuple(_hit(row) for row in connection.execute(query))


def _signs(fields: ClientFields, date_of_birth: date | None) -> list[tuple[int, sa.ColumnElement[bool]]]:
    """What makes two clients look like one, with its weight; each is one look-up in an index."""
    keys = keys_of(fields)
    signs: list[tuple[int, sa.ColumnElement[bool]]] = []
    if keys.last_key:
        signs.append((3, sa.and_(c.last_key == keys.last_key, c.first_key == keys.first_key)))
        if date_of_birth is not None:
            signs.append((4, sa.and_(c.last_key == keys.last_key, c.date_of_birth == date_of_birth)))
        if keys.first_key:  # typed the wrong way round
            signs.append((2, sa.and_(c.last_key == keys.first_key, c.first_key == keys.last_key)))
    if keys.email_key:
        signs.append((3, c.email_key == keys.email_key))
    if len(keys.phone_key) >= _SAME_NUMBER:
        ending = keys.phone_tail[:_SAME_NUMBER]
        # ":" comes after every digit.
        signs.append((3, sa.and_(c.phone_tail >= ending, c.phone_tail < ending + ":")))
    elif keys.phone_key:
        signs.append((3, c.phone_key == keys.phone_key))
    return signs


def _found(
    connection: sa.Connection, search: Search, after: After | None, limit: int, *, archived: bool
) -> list[Any]:
    """One statement where the names fill the page, two where they do not."""
    found: list[Any] = []
    for query, params in statements(search, after, limit, archived=archived):
        found += connection.execute(query, params).all()
        if len(found) >= limit:
            break
    return found[:limit]


def _in_name_order(rows: Sequence[Any]) -> list[Any]:
    """Rows of one page as people look them up: within each branch by last, then first name.

    By place, not by name: `COLUMNS` first, then branch, two keys, id.
    """
    return sorted(rows, key=lambda r: (r[9], r[2].casefold(), r[1].casefold(), r[12]))


def _hit(row: Any) -> ClientHit:
    return ClientHit(
        uuid=row.uuid,
        name=full_name(row.first_name, row.last_name),
        date_of_birth=row.date_of_birth,
        phone_ending=row.phone_key[-4:],
        email=row.contact_email or "",
        archived=row.archived_at is not None,
    )


def _row(row: Any) -> ClientRow:
    uuid, first, last, born, phone, email, _, archived_at, version = row[: len(COLUMNS)]
    archived = archived_at is not None
    return ClientRow(uuid, full_name(first, last), first, last, born, phone or "", email or "", archived, version)


def _detail(row: Any) -> ClientDetail:
    return ClientDetail(
        uuid=row.uuid,
        version=row.version,
        name=full_name(row.first_name, row.last_name),
        first_name=row.first_name,
        last_name=row.last_name,
        date_of_birth=row.date_of_birth,
        gender=row.gender,
        phone=row.phone or "",
        email=row.contact_email or "",
        emergency_contact_name=row.emergency_contact_name or "",
        emergency_contact_phone=row.emergency_contact_phone or "",
        note=row.note or "",
        preferred_healer=row.healer,
        preferred_healer_name=full_name(row.healer_first or "", row.healer_last or ""),
        archived=row.archived_at is not None,
        created_at=row.created_at,
    )
