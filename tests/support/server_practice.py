"""A practice on the run's server, made as an owner makes one, with people of each role and their real accounts.

In a test area's conftest: `from tests.support.server_practice import server_kind, server_practice` gives one for
each engine and module; `made_practice(...)` makes further ones.
"""

import contextlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import URL, Engine

from avenrae_desktop.areas.accounts import passwords
from avenrae_desktop.areas.accounts.codes import new_code
from avenrae_desktop.areas.accounts.domain import AddPerson, CreatePractice
from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.areas.calendar.domain import Hours, SetWeeklyHours
from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.areas.services.domain import AddRoom, AddService
from avenrae_desktop.bootstrap.app import App
from avenrae_desktop.bootstrap.places import ServerPlace
from avenrae_desktop.bootstrap.server.founder import come_in
from avenrae_desktop.bootstrap.server.servers import Servers
from avenrae_desktop.bootstrap.server.setup import Administrator, set_up
from avenrae_desktop.bootstrap.session import actor_of
from avenrae_desktop.bootstrap.wiring import bus_over
from avenrae_desktop.db.server import accounts
from avenrae_desktop.db.server.address import ServerAddress
from avenrae_desktop.db.server.connect import practice_engine
from avenrae_desktop.db.server.enrolment import Enrolment
from avenrae_desktop.db.server.rights import roles_of
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.kernel.bus import Bus
from avenrae_desktop.kernel.identity import Actor, Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.kernel.values import HealerType, HoursKind, ServiceCategory
from avenrae_desktop.settings.paths import paths_under
from tests.support.places import ServerKind
from tests.support.servers import execute, server_address, server_engine, server_url

PASSWORD = "four words make this"
PRACTICE_NAME = "Praxis am Fluss"
# The run's servers do not wait for the disk; everything else must be as in a real practice.
ACCEPTED = ("durable",)
_FULL_WEEK = tuple(Hours(day, HoursKind.WORK, 0, 1440) for day in range(7))
_ROLES = {
    "healer": (Role.HEALER,),
    "front_desk": (Role.FRONT_DESK,),
    "both": (Role.HEALER, Role.FRONT_DESK),
}


@dataclass(frozen=True)
class Somebody:
    """A person of the practice with an account that works."""

    uuid: UUID
    sign_in_name: str
    password: str = field(repr=False)


@dataclass
class ServerPractice:
    """`people` by what they are: "admin", "healer", "front_desk", "both" (healer and front desk)."""

    kind: ServerKind
    address: ServerAddress
    root: URL
    """The run's own account, with the practice's database: everything that tests may do and no program does."""
    enrolment: Enrolment
    people: dict[str, Somebody] = field(default_factory=dict)
    healers: list[UUID] = field(default_factory=list)
    services: list[UUID] = field(default_factory=list)
    clients: list[UUID] = field(default_factory=list)
    rooms: list[UUID] = field(default_factory=list)

    @property
    def database(self) -> str:
        return self.address.database

    def execute(self, *statements: str) -> list[tuple[object, ...]]:
        """Raw SQL past all rights, in the practice's database; the rows of the last statement."""
        return execute(self.root, *statements)

    @contextlib.contextmanager
    def engine(self, who: str, pool_size: int = 5) -> Iterator[Engine]:
        """Connections with the account of one person."""
        person = self.people[who]
        context = context_for(self.address)
        engine = practice_engine(self.address, person.sign_in_name, person.password, context, pool_size=pool_size)
        try:
            yield engine
        finally:
            engine.dispose()

    @contextlib.contextmanager
    def app(self, who: str, folder: Path) -> Iterator[App]:
        """The person, signed in as the program does it; `folder` is their computer."""
        person, servers = self.people[who], Servers(paths_under(folder))
        app = servers.sign_in(servers.join(self.enrolment), person.sign_in_name, person.password)
        try:
            yield app
        finally:
            app.close()

    def place(self, folder: Path) -> ServerPlace:
        """The practice as a computer knows it that has joined it."""
        return Servers(paths_under(folder)).join(self.enrolment)


@contextlib.contextmanager
def made_practice(
    kind: ServerKind, run: Path, *, who: Mapping[str, tuple[Role, ...]] = _ROLES, clients: int = 3
) -> Iterator[ServerPractice]:
    """A practice with an administrator, the people of `who`, a service, a room and clients; gone afterwards."""
    mark = secrets.token_hex(4)
    database = f"p_{mark}"
    url = server_url(kind, run)
    admin = Administrator(server_address(kind, run, database), str(url.username), str(url.password))
    try:
        with cheap_hashes():
            enrolment = set_up(admin, founding(f"admin_{mark}"), accepted=ACCEPTED)
            practice = ServerPractice(kind, admin.address, url.set(database=database), enrolment)
            del admin  # another test counts who still holds one
            _fill(practice, mark, who, clients)
        yield practice
    finally:
        remove(url, database)


@contextlib.contextmanager
def cheap_hashes() -> Iterator[None]:
    """One guess is meant to be slow; a hundred tests are not."""
    before, passwords.ROUNDS = passwords.ROUNDS, 4
    try:
        yield
    finally:
        passwords.ROUNDS = before


def founding(sign_in_name: str, **changes: object) -> CreatePractice:
    """What the owner types."""
    values = {
        "practice_name": PRACTICE_NAME,
        "time_zone": "Europe/Zurich",
        "currency": "CHF",
        "person": new_uuid(),
        "first_name": "Anna",
        "last_name": "Kern",
        "sign_in_name": sign_in_name,
        "is_healer": False,
        "password": PASSWORD,
    }
    return CreatePractice(**{**values, **changes})  # type: ignore[arg-type]


def _fill(practice: ServerPractice, mark: str, who: Mapping[str, tuple[Role, ...]], clients: int) -> None:
    with _as_root(practice) as engine:
        reads = AccountReads(engine)
        founder = reads.member_named(f"admin_{mark}")
        assert founder is not None
        actor, bus = actor_of(founder), bus_over(engine, utc_now)
        practice.people["admin"] = Somebody(founder.person.uuid, founder.person.sign_in_name, PASSWORD)
        for name, roles in who.items():
            practice.people[name] = add_person(practice, engine, bus, actor, f"{name}_{mark}", roles)
        practice.healers = [healer.uuid for healer in reads.healers()]
        _offer(practice, bus, actor, clients)


def add_person(
    practice: ServerPractice, engine: Engine, bus: Bus, actor: Actor, sign_in_name: str, roles: tuple[Role, ...]
) -> Somebody:
    """Somebody who was invited and has chosen a password."""
    person, code = new_uuid(), new_code()
    bus(
        AddPerson(
            person=person,
            first_name=sign_in_name.partition("_")[0].title(),
            last_name="Moor",
            sign_in_name=sign_in_name,
            roles=roles,
            healer_type=HealerType.REIKI if Role.HEALER in roles else None,
            password=code,
        ),
        actor,
    )
    with engine.begin() as connection:
        accounts.invite(connection, person, code)
    come_in(practice.address, sign_in_name, code, PASSWORD)
    return Somebody(person, sign_in_name, PASSWORD)


def _offer(practice: ServerPractice, bus: Bus, actor: Actor, clients: int) -> None:
    for healer in practice.healers:
        bus(SetWeeklyHours(healer=healer, hours=_FULL_WEEK), actor)
    practice.rooms.append(new_uuid())
    bus(AddRoom(room=practice.rooms[0], resource_name="Quiet room"), actor)
    if practice.healers:
        practice.services.append(new_uuid())
        bus(
            AddService(
                service=practice.services[0],
                service_name="Reiki session",
                service_category=ServiceCategory.REIKI,
                duration_minutes=60,
                price=Decimal("95.00"),
                healers=tuple(practice.healers),
            ),
            actor,
        )
    for number in range(clients):
        practice.clients.append(new_uuid())
        bus(AddClient(client=practice.clients[-1], first_name="Client", last_name=f"N{number}"), actor)


@contextlib.contextmanager
def _as_root(practice: ServerPractice) -> Iterator[Engine]:
    engine = server_engine(practice.root)
    try:
        yield engine
    finally:
        engine.dispose()


def remove(server: URL, database: str) -> None:
    """Drop the database, its people's accounts and its roles."""
    tables = f"SELECT 1 FROM information_schema.tables WHERE table_schema = '{database}' AND table_name = 'users'"
    if execute(server, tables):
        people = f"SELECT sign_in_name FROM `{database}`.users WHERE account_at IS NOT NULL"
        for (name,) in execute(server, people):
            execute(server, f"DROP USER IF EXISTS '{name}'@'%'")
    execute(server, f"DROP DATABASE IF EXISTS `{database}`")
    for role, _ in roles_of(database):
        execute(server, f"DROP ROLE IF EXISTS `{role}`")


@pytest.fixture(scope="module", params=list(ServerKind), ids=lambda kind: kind.value)
def server_kind(request: pytest.FixtureRequest) -> ServerKind:
    """Every test that uses it, or `server_practice`, runs on MySQL and on MariaDB."""
    return ServerKind(request.param)


@pytest.fixture(scope="module")
def server_practice(server_kind: ServerKind, run_folder: Path) -> Iterator[ServerPractice]:
    """One practice for all tests of the module: they must not stand in each other's way."""
    with made_practice(server_kind, run_folder) as practice:
        yield practice
