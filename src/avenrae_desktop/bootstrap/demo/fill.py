"""Writing the demo practice: one command, one transaction, through the areas' own handlers and tables.

Bookings go in at once instead of one by one; the database's triggers check them all the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.areas.accounts import repository as accounts
from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.areas.accounts.people import primary_type
from avenrae_desktop.areas.calendar.domain import SetWeeklyHours
from avenrae_desktop.areas.calendar.repository.availability import insert_block
from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.areas.services.domain import AddRoom, AddService
from avenrae_desktop.bootstrap.demo import PASSWORD, PRACTICE_NAME, SEED, SIGN_IN_NAME
from avenrae_desktop.bootstrap.demo.clients import demo_clients
from avenrae_desktop.bootstrap.demo.diary import Diary, Planned
from avenrae_desktop.bootstrap.demo.staff import FRONT_DESK, HEALERS, OFFERS, ROOMS
from avenrae_desktop.bootstrap.making import STEPS, founders_keys, make_database
from avenrae_desktop.bootstrap.places import DATABASE, KEYS
from avenrae_desktop.bootstrap.wiring import HANDLERS
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.keyfile import LIGHT_COST, new_raw_key
from avenrae_desktop.db.unit_of_work import Work
from avenrae_desktop.kernel.bus import Command, Done
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.identity import Permission, Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import Clock, instants_of, zone_of
from avenrae_desktop.kernel.values import PaymentStatus, Tender, TransactionKind


@dataclass(frozen=True, kw_only=True)
class FillDemo(Command):
    """Invent a practice around now."""

    kind = "demo.fill"
    needs = Permission.SET_UP_PRACTICE
    seed: int = SEED


def make_demo(folder: Path, clock: Clock, progress: Callable[[int, int], None]) -> None:
    """Make the demo practice in the empty folder. Raises AppError."""
    first = HEALERS[0]
    create = CreatePractice(
        practice_name=PRACTICE_NAME,
        time_zone=_zone_here(),
        currency="EUR",
        person=new_uuid(),
        first_name=first.first_name,
        last_name=first.last_name,
        sign_in_name=SIGN_IN_NAME,
        healer_type=first.healer_type,
        password=PASSWORD,
    )
    key = new_raw_key()
    handlers = {**HANDLERS, FillDemo: fill_demo}
    settings, founder = make_database(folder / DATABASE, key, create, handlers, clock, progress, then=FillDemo())
    keys = founders_keys(settings.practice_name, key, founder, PASSWORD, is_demo=True, cost=LIGHT_COST)
    keys.save(folder / KEYS)
    progress(3, STEPS)


def _zone_here() -> str:
    from tzlocal import get_localzone_name

    try:
        return zone_of(get_localzone_name() or "").key
    except (RuleBroken, OSError, LookupError, ValueError):
        return "Europe/Zurich"


def fill_demo(command: FillDemo, work: Work) -> Done:
    """People, rooms, services, clients, hours, time off, bookings."""
    zone_name = accounts.stored_settings(work)["time_zone"][1]
    healers = _hire(work)
    rooms = [_send(work, AddRoom(room=new_uuid(), resource_name=name)).room for name in ROOMS]
    services = _offer(work, healers, rooms)
    clients = _welcome(work, healers)
    diary = Diary(work.now.replace(second=0, microsecond=0), zone_of(zone_name), len(clients), command.seed)
    healer_ids, client_ids = _ids(work, t.healers, healers), _ids(work, t.clients, clients)
    for off in diary.time_off():
        start, end = instants_of(off.start, diary.zone), instants_of(off.end, diary.zone)
        healer = None if off.healer is None else healer_ids[off.healer]
        insert_block(work, new_uuid(), healer, start[0], end[-1], off.reason)
    keys = _Keys(healer_ids, _ids(work, t.services, services), client_ids, _ids(work, t.resources, rooms))
    planned = list(diary.bookings())
    rows = [_row(work, keys, zone_name, p) for p in planned]
    work.connection.execute(t.bookings.insert(), rows)
    _take_payments(work, rows, planned)
    return Done({"bookings": len(planned)})


def _take_payments(work: Work, rows: list[dict[str, Any]], planned: list[Planned]) -> None:
    """Entries of the ledger, from which the database says of a booking that it is paid."""
    ids = {row.uuid: row.id for row in work.connection.execute(sa.select(t.bookings.c.uuid, t.bookings.c.id))}
    currency = accounts.stored_settings(work)["currency"][1]
    entries = [
        {
            "uuid": new_uuid(),
            "kind": TransactionKind.PAYMENT,
            "tender": Tender.CARD if number % 3 else Tender.CASH,
            "amount": p.price,
            "currency": currency,
            "booking_id": ids[row["uuid"]],
            "client_id": row["client_id"],
            "created_by": work.actor.user_id,
            "taken_at": p.end,
            "created_at": p.end,
        }
        for number, (row, p) in enumerate(zip(rows, planned, strict=True))
        if p.payment is PaymentStatus.PAID
    ]
    work.connection.execute(t.transactions.insert(), entries)


def _send(work: Work, command: Any) -> Any:
    HANDLERS[type(command)](command, work)
    return command


def _hire(work: Work) -> list[UUID]:
    """The colleagues beside the founder; they share the founder's password hash. Returns the healers."""
    me = accounts.find_person(work, work.actor.uuid)
    assert me is not None  # noqa: S101 - the bus carries out commands of people only
    assert me.person.healer is not None  # noqa: S101 - the founder of the demo is a healer
    password_hash = accounts.find_secrets(work, me.user_id).password_hash
    found = [me.person.healer]
    for h in HEALERS[1:]:
        user_id = _user(work, h.first_name, h.last_name, h.sign_in_name, Role.HEALER, password_hash)
        name = accounts.full_name(h.first_name, h.last_name)
        found.append(accounts.insert_healer(work, user_id, name, h.healer_type, h.hue))
    _user(work, *FRONT_DESK, Role.FRONT_DESK, password_hash)
    for uuid, healer in zip(found, HEALERS, strict=True):
        _send(work, SetWeeklyHours(healer=uuid, hours=healer.hours))
    return found


def _user(work: Work, first: str, last: str, sign_in_name: str, role: Role, password_hash: str) -> int:
    user_id = accounts.insert_user(
        work,
        uuid=new_uuid(),
        first_name=first,
        last_name=last,
        sign_in_name=sign_in_name,
        user_type=primary_type(frozenset({role})),
        password_hash=password_hash,
    )
    accounts.set_roles(work, user_id, frozenset({role}))
    return user_id


def _offer(work: Work, healers: list[UUID], rooms: list[UUID]) -> list[UUID]:
    return [
        _send(
            work,
            AddService(
                service=new_uuid(),
                service_name=o.name,
                service_category=o.category,
                duration_minutes=o.minutes,
                buffer_before_minutes=o.before,
                buffer_after_minutes=o.after,
                price=o.price,
                description=o.description,
                healers=tuple(healers[n] for n in o.healers),
                room=None if o.room is None else rooms[o.room],
            ),
        ).service
        for o in OFFERS
    ]


def _welcome(work: Work, healers: list[UUID]) -> list[UUID]:
    return [
        _send(
            work,
            AddClient(
                client=new_uuid(),
                first_name=c.first_name,
                last_name=c.last_name,
                date_of_birth=c.born,
                gender=c.gender,
                phone=c.phone,
                email=c.email,
                note=c.note,
                preferred_healer=healers[number % len(healers)],
            ),
        ).client
        for number, c in enumerate(demo_clients())
    ]


@dataclass(frozen=True, slots=True)
class _Keys:
    healers: list[int]
    services: list[int]
    clients: list[int]
    rooms: list[int]


def _ids(work: Work, table: sa.Table, uuids: list[UUID]) -> list[int]:
    query = sa.select(table.c.uuid, table.c.id).where(table.c.uuid.in_(uuids))
    found = {row.uuid: row.id for row in work.connection.execute(query)}
    return [found[uuid] for uuid in uuids]


def _row(work: Work, keys: _Keys, zone: str, p: Planned) -> dict[str, Any]:
    offer = OFFERS[p.offer]
    return {
        "uuid": new_uuid(),
        "client_id": keys.clients[p.client],
        "healer_id": keys.healers[p.healer],
        "service_id": keys.services[p.offer],
        "room_id": None if offer.room is None else keys.rooms[offer.room],
        "booking_date": p.start,
        "ends_at": p.end,
        "local_start": p.local_start,
        "time_zone": zone,
        "buffer_before_minutes": offer.before,
        "buffer_after_minutes": offer.after,
        "status": p.status,
        "total_price": p.price,
        "client_rating": p.rating,
        "note": p.note,
        "created_by": work.actor.user_id,
        "created_at": p.created,
        "confirmed_at": p.confirmed,
        "arrived_at": p.arrived,
        "completed_at": p.completed,
        "cancelled_at": p.cancelled,
        "cancellation_reason": p.reason,
        "no_show_at": p.no_show,
    }
