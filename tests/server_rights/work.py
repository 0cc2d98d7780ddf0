"""A command of every kind, each on something fresh that the administrator made for it."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.areas.accounts import domain as accounts
from avenrae_desktop.areas.accounts.codes import new_code
from avenrae_desktop.areas.accounts.queries import Member
from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.areas.calendar import domain as calendar
from avenrae_desktop.areas.clients import domain as clients
from avenrae_desktop.areas.services import domain as services
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.unit_of_work import unit_of_work
from avenrae_desktop.kernel.bus import Command, Outcome
from avenrae_desktop.kernel.codec import from_plain
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.kernel.values import BookingStatus, Gender, HealerType, HoursKind, ServiceCategory
from tests.server_rights.conftest import Team
from tests.support.server_practice import PASSWORD, founding

_FIRST = datetime(2031, 5, 1, 6, 0)


@dataclass
class Bench:
    """What commands are made with; `me` is who will give the next one."""

    team: Team
    me: Member
    hour: "itertools.count[int]" = field(default_factory=itertools.count)

    @property
    def healer(self) -> UUID:
        return self.team.practice.healers[0]

    def do(self, command: Command) -> Outcome:
        return self.team.do(command)

    def inverse(self, command: Command) -> Any:
        """What would take the command back, which the administrator gives now."""
        self.do(command)
        work = unit_of_work(self.team.engine, utc_now)(self.team.actor)
        with work as opened:
            stored = opened.stored(command.uuid)
        assert stored is not None
        kind = next(kind for kind in COMMANDS if kind.kind == stored.undo_kind)
        return from_plain(kind, stored.undo_body)

    def start(self) -> datetime:
        """A time that nobody has."""
        return _FIRST + timedelta(hours=2 * next(self.hour))

    def book(self, **more: Any) -> calendar.Book:
        practice = self.team.practice
        return calendar.Book(
            booking=new_uuid(),
            client=practice.clients[0],
            healer=self.healer,
            service=practice.services[0],
            local_start=self.start(),
            **more,
        )

    def booked(self, **more: Any) -> UUID:
        command = self.book(**more)
        self.do(command)
        return command.booking

    def person(self) -> UUID:
        return self.team.add(Role.FRONT_DESK).uuid

    def healing_person(self) -> UUID:
        return self.team.add(Role.HEALER).uuid

    def client(self) -> UUID:
        command = _add_client(self)
        self.do(command)
        return command.client

    def service(self) -> UUID:
        command = _add_service(self)
        self.do(command)
        return command.service

    def room(self) -> UUID:
        command = _add_room(self)
        self.do(command)
        return command.room

    def block(self) -> UUID:
        command = _block(self)
        self.do(command)
        return command.block


def _add_person(b: Bench) -> accounts.AddPerson:
    return accounts.AddPerson(
        person=new_uuid(),
        first_name="Paul",
        last_name="Neu",
        sign_in_name=f"p{new_uuid().hex[-12:]}",
        roles=(Role.HEALER,),
        healer_type=HealerType.YOGA,
        password=new_code(),
    )


def _edit_person(b: Bench) -> accounts.EditPerson:
    return accounts.EditPerson(
        person=b.healing_person(),
        version=1,
        first_name="Paula",
        last_name="Neuer",
        roles=(Role.ADMIN, Role.HEALER),
        healer_type=HealerType.REIKI,
    )


def _edit_myself(b: Bench) -> accounts.EditMyself:
    me = b.me.person
    email = f"{me.sign_in_name}@example.org"
    return accounts.EditMyself(
        person=me.uuid, version=me.version, first_name="Ich", last_name="Selbst", email=email
    )


def _add_client(b: Bench) -> clients.AddClient:
    return clients.AddClient(client=new_uuid(), **_client(b))


def _client(b: Bench) -> dict[str, Any]:
    return {
        "first_name": "Klara",
        "last_name": f"K{new_uuid().hex[-8:]}",
        "gender": Gender.FEMALE,
        "phone": "+41 44 123 45 67",
        "email": "klara@example.org",
        "emergency_contact_name": "Kurt",
        "emergency_contact_phone": "1234567",
        "note": "n",
        "preferred_healer": b.healer,
    }


def _add_service(b: Bench) -> services.AddService:
    return services.AddService(service=new_uuid(), **_service(b))


def _service(b: Bench) -> dict[str, Any]:
    return {
        "service_name": f"S{new_uuid().hex[-8:]}",
        "service_category": ServiceCategory.YOGA,
        "duration_minutes": 60,
        "buffer_before_minutes": 5,
        "price": Decimal("50.00"),
        "description": "d",
        "healers": (b.healer,),
        "room": b.team.practice.rooms[0],
    }


def _add_room(b: Bench) -> services.AddRoom:
    return services.AddRoom(room=new_uuid(), resource_name=f"R{new_uuid().hex[-8:]}")


def _hours(b: Bench) -> calendar.SetWeeklyHours:
    week = tuple(calendar.Hours(day, HoursKind.WORK, 0, 1440) for day in range(7))
    return calendar.SetWeeklyHours(healer=b.healer, hours=week)


def _block(b: Bench) -> calendar.BlockDates:
    start = datetime(2030, 1, 1)
    end = start + timedelta(hours=1)
    return calendar.BlockDates(block=new_uuid(), healer=b.healer, local_start=start, local_end=end, reason="r")


def _move(b: Bench) -> calendar.MoveBookings:
    moved = [calendar.Move(booking=b.booked(), version=1, local_start=b.start()) for _ in range(2)]
    return calendar.MoveBookings(moves=tuple(moved))


COMMANDS: Mapping[type[Command], Callable[[Bench], Command]] = {
    accounts.AddPerson: _add_person,
    accounts.EditPerson: _edit_person,
    accounts.DisablePerson: lambda b: accounts.DisablePerson(person=b.person(), version=1),
    accounts.EnablePerson: lambda b: b.inverse(accounts.DisablePerson(person=b.person(), version=1)),
    accounts.SetPassword: lambda b: accounts.SetPassword(person=b.person(), password=new_code()),
    accounts.ChangeMyPassword: lambda b: accounts.ChangeMyPassword(old=PASSWORD, new="another one of mine"),
    accounts.SetPin: lambda b: accounts.SetPin(pin="4711"),
    accounts.EditMyself: _edit_myself,
    accounts.ChangeSettings: lambda b: accounts.ChangeSettings(
        values=(("lock_minutes", "7"), ("day_starts", "420"))
    ),
    accounts.RestoreSettings: lambda b: b.inverse(accounts.ChangeSettings(values=(("lock_minutes", "9"),))),
    clients.AddClient: _add_client,
    clients.EditClient: lambda b: clients.EditClient(client=b.client(), version=1, **_client(b)),
    clients.ArchiveClient: lambda b: clients.ArchiveClient(client=b.client(), version=1),
    clients.RestoreClient: lambda b: b.inverse(clients.ArchiveClient(client=b.client(), version=1)),
    services.AddService: _add_service,
    services.EditService: lambda b: services.EditService(service=b.service(), version=1, **_service(b)),
    services.ArchiveService: lambda b: services.ArchiveService(service=b.service(), version=1),
    services.RestoreService: lambda b: b.inverse(services.ArchiveService(service=b.service(), version=1)),
    services.AddRoom: _add_room,
    services.ArchiveRoom: lambda b: services.ArchiveRoom(room=b.room(), version=1),
    services.RestoreRoom: lambda b: b.inverse(services.ArchiveRoom(room=b.room(), version=1)),
    calendar.SetWeeklyHours: _hours,
    calendar.BlockDates: _block,
    calendar.UnblockDates: lambda b: calendar.UnblockDates(block=b.block(), version=1),
    calendar.RestoreBlock: lambda b: b.inverse(calendar.UnblockDates(block=b.block(), version=1)),
    calendar.Book: lambda b: b.book(note="n", room=b.team.practice.rooms[0]),
    calendar.MoveBookings: _move,
    calendar.ResizeBooking: lambda b: calendar.ResizeBooking(
        booking=b.booked(), version=1, local_start=b.start(), minutes=30
    ),
    calendar.CancelBooking: lambda b: calendar.CancelBooking(booking=b.booked(), version=1, reason="ill"),
    calendar.ConfirmBooking: lambda b: calendar.ConfirmBooking(
        booking=b.booked(status=BookingStatus.PENDING), version=1
    ),
    calendar.ArriveBooking: lambda b: calendar.ArriveBooking(booking=b.booked(), version=1),
    calendar.CompleteBooking: lambda b: calendar.CompleteBooking(booking=b.booked(), version=1),
    calendar.NoShowBooking: lambda b: calendar.NoShowBooking(booking=b.booked(), version=1),
    calendar.WithdrawBooking: lambda b: b.inverse(b.book()),
    calendar.RestoreBookings: lambda b: b.inverse(
        calendar.CancelBooking(booking=b.booked(), version=1, reason="ill")
    ),
}

ELSEWHERE: Mapping[type[Command], Callable[[Bench], Command]] = {
    # Given once, by the set-up, with the server's own administrator.
    accounts.CreatePractice: lambda b: founding(f"p{new_uuid().hex[-12:]}"),
    # For a practice on this computer: the recovery key opens a file.
    accounts.RecoverPassword: lambda b: accounts.RecoverPassword(password="a password of my own"),
}


def member_of(engine: sa.Engine, uuid: UUID) -> Member:
    found = AccountReads(engine).member(uuid)
    assert found is not None
    return found


def rows_of_commands(connection: sa.Connection) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(t.commands)).scalar_one()
