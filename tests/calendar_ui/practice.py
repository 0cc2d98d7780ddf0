"""A believable small practice around Wednesday 25 November 2026 in Zurich, made through the bus."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from avenrae_desktop.areas.accounts.practice_settings import PracticeSettings
from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.areas.calendar import domain as d
from avenrae_desktop.areas.calendar.repository import CalendarReads
from avenrae_desktop.areas.calendar.use_cases import HANDLERS as CALENDAR
from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.areas.clients.repository import ClientReads
from avenrae_desktop.areas.clients.use_cases import HANDLERS as CLIENTS
from avenrae_desktop.areas.services.domain import AddRoom, AddService
from avenrae_desktop.areas.services.repository import ServiceReads
from avenrae_desktop.areas.services.use_cases import HANDLERS as SERVICES
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.unit_of_work import unit_of_work
from avenrae_desktop.kernel.bus import Bus, Command, Outcome
from avenrae_desktop.kernel.identity import Actor, Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import zone_of
from avenrae_desktop.kernel.values import HealerType, HoursKind, ServiceCategory

NOW = datetime(2026, 11, 25, 10, 20, tzinfo=UTC)  # Wednesday, 11:20 in Zurich
MONDAY = date(2026, 11, 23)
WEEK = tuple(
    h
    for day in range(5)
    for h in (
        d.Hours(day, HoursKind.WORK, 8 * 60, 18 * 60),
        d.Hours(day, HoursKind.BREAK, 12 * 60, 13 * 60, "Lunch"),
    )
)


@dataclass
class Place:
    """The practice, by names; `do` runs a command as its administrator, who is a healer too."""

    engine: Engine
    actor: Actor
    bus: Bus
    settings: PracticeSettings
    now: datetime = NOW
    healers: dict[str, UUID] = field(default_factory=dict)
    services: dict[str, UUID] = field(default_factory=dict)
    clients: dict[str, UUID] = field(default_factory=dict)
    rooms: dict[str, UUID] = field(default_factory=dict)

    def do(self, command: Command) -> Outcome:
        return self.bus(command, self.actor)

    @property
    def calendar(self) -> CalendarReads:
        return CalendarReads(self.engine, lambda: zone_of(self.settings.time_zone), lambda: self.now)

    @property
    def accounts(self) -> AccountReads:
        return AccountReads(self.engine)

    @property
    def client_reads(self) -> ClientReads:
        return ClientReads(self.engine)

    @property
    def service_reads(self) -> ServiceReads:
        return ServiceReads(self.engine)

    def book(self, client: str, service: str, day: int, at: str, healer: str = "Mira Voss", **more: Any) -> UUID:
        """Book on a day counted from Monday 23 November at a wall time."""
        hour, minute = (int(part) for part in at.split(":"))
        start = datetime.combine(MONDAY + timedelta(days=day), datetime.min.time()).replace(
            hour=hour, minute=minute
        )
        command = d.Book(
            booking=new_uuid(),
            client=self.clients[client],
            healer=self.healers[healer],
            service=self.services[service],
            local_start=start,
            **more,
        )
        self.do(command)
        return command.booking


def make_place(engine: Engine, *, zone: str = "Europe/Zurich", healers: int = 2, empty: bool = False) -> Place:
    """Healers with weekly hours, services, clients and rooms; no bookings. `empty`: only the healers."""
    settings = PracticeSettings(practice_name="Voss & Partner", time_zone=zone, currency="EUR")
    names = ["Mira Voss", "Jon Arden", "Lea Sommer", "Noé Perrin"][:healers]
    with engine.begin() as c:
        for key, value in (("practice_name", settings.practice_name), ("time_zone", zone), ("currency", "EUR")):
            values = {"setting_name": key, "setting_value": value}
            c.execute(t.settings.insert().values(uuid=new_uuid(), created_at=NOW, **values))
        found = [_healer(c, name, role_admin=not i) for i, name in enumerate(names)]
    first = found[0]
    roles = frozenset({Role.ADMIN, Role.HEALER})
    actor = Actor(first[0], first[1], names[0], roles, first[2])
    place = Place(
        engine, actor, Bus(unit_of_work(engine, lambda: NOW), {**CALENDAR, **CLIENTS, **SERVICES}), settings
    )
    place.bus = Bus(unit_of_work(engine, lambda: place.now), {**CALENDAR, **CLIENTS, **SERVICES})
    place.healers = {name: made[2] for name, made in zip(names, found, strict=True)}
    if not empty:
        _fill(place)
    return place


def _healer(c: Any, name: str, *, role_admin: bool) -> tuple[int, UUID, UUID]:
    first, last = name.split(" ")
    user_uuid, healer_uuid = new_uuid(), new_uuid()
    user = c.execute(
        t.users.insert().values(
            uuid=user_uuid,
            created_at=NOW,
            first_name=first,
            last_name=last,
            user_type="healer",
            sign_in_name=first.lower(),
        )
    ).inserted_primary_key[0]
    for role in (Role.HEALER, *((Role.ADMIN,) if role_admin else ())):
        c.execute(t.user_roles.insert().values(user_id=user, role=role, created_at=NOW))
    values = {"user_id": user, "healer_type": HealerType.REIKI, "uuid": healer_uuid, "created_at": NOW}
    healer = c.execute(t.healers.insert().values(**values)).inserted_primary_key[0]
    resource = {
        "kind": "healer",
        "resource_name": name,
        "healer_id": healer,
        "uuid": new_uuid(),
        "created_at": NOW,
    }
    c.execute(t.resources.insert().values(**resource))
    return user, user_uuid, healer_uuid


def _fill(place: Place) -> None:
    for healer in place.healers.values():
        place.do(d.SetWeeklyHours(healer=healer, hours=WEEK))
    for name in ("Room 1", "Room 2"):
        place.rooms[name] = new_uuid()
        place.do(AddRoom(room=place.rooms[name], resource_name=name))
    everybody = tuple(place.healers.values())
    for name, category, minutes, price in (
        ("Reiki session", ServiceCategory.REIKI, 60, "95"),
        ("Talk therapy", ServiceCategory.THERAPY, 45, "120"),
        ("Acupuncture", ServiceCategory.ACUPUNCTURE, 60, "110"),
        ("Yoga 1:1", ServiceCategory.YOGA, 60, "80"),
        ("Massage", ServiceCategory.MASSAGE, 90, "130"),
    ):
        place.services[name] = new_uuid()
        place.do(
            AddService(
                service=place.services[name],
                service_name=name,
                service_category=category,
                duration_minutes=minutes,
                price=Decimal(price),
                healers=everybody,
            )
        )
    for number, name in enumerate(
        ("Marco Rossi", "Maria Rossi", "Priya Nair", "Lena Fischer", "Yuki Tanaka", "Anna Keller", "Omar Haddad")
    ):
        first, last = name.split(" ")
        place.clients[name] = new_uuid()
        place.do(
            AddClient(
                client=place.clients[name],
                first_name=first,
                last_name=last,
                date_of_birth=date(1970 + number * 3, 1 + number, 11 + number),
                phone=f"+41 44 555 01 {20 + number}",
                email=f"{first.lower()}@example.org",
                note="Prefers the quiet room." if number == 0 else "",
            )
        )


def fill_week(place: Place) -> dict[str, UUID]:
    """Bookings in every state, for pictures and for tests that need a busy week."""
    made: dict[str, UUID] = {}
    for key, *what in (
        ("a", "Priya Nair", "Reiki session", 0, "9:00"),
        ("b", "Yuki Tanaka", "Talk therapy", 0, "10:00"),
        ("c", "Anna Keller", "Yoga 1:1", 0, "11:00"),
        ("d", "Anna Keller", "Massage", 0, "13:30"),
        ("e", "Lena Fischer", "Reiki session", 1, "9:00"),
        ("f", "Omar Haddad", "Talk therapy", 1, "10:30"),
        ("g", "Marco Rossi", "Massage", 1, "14:00"),
        ("h", "Maria Rossi", "Reiki session", 2, "9:00"),
        ("i", "Omar Haddad", "Talk therapy", 2, "11:00"),
        ("j", "Marco Rossi", "Reiki session", 2, "14:00"),
        ("k", "Lena Fischer", "Talk therapy", 2, "16:00"),
        ("l", "Marco Rossi", "Acupuncture", 3, "9:00"),
        ("m", "Omar Haddad", "Reiki session", 3, "10:15"),
        ("n", "Priya Nair", "Yoga 1:1", 3, "15:00"),
        ("o", "Yuki Tanaka", "Talk therapy", 4, "9:30"),
        ("p", "Lena Fischer", "Massage", 4, "14:00"),
        ("q", "Anna Keller", "Acupuncture", 4, "10:30"),
        ("x", "Priya Nair", "Talk therapy", 4, "16:00"),
    ):
        made[key] = place.book(*what)
    return made
