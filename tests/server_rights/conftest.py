"""One practice on each server for all tests here, made as an owner makes one, with an account for every role."""

import contextlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pymysql
import pytest
import sqlalchemy as sa

from avenrae_desktop.areas.accounts.codes import new_code
from avenrae_desktop.areas.accounts.domain import AddPerson, DisablePerson, EnablePerson
from avenrae_desktop.areas.accounts.queries import PersonRow
from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.bootstrap.server.founder import come_in
from avenrae_desktop.bootstrap.session import actor_of
from avenrae_desktop.bootstrap.wiring import bus_over
from avenrae_desktop.db.server import accounts
from avenrae_desktop.db.server.connect import practice_engine
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.kernel.bus import Command, Outcome
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.kernel.values import HealerType
from tests.support.places import ServerKind
from tests.support.server_practice import PASSWORD, ServerPractice, cheap_hashes, made_practice
from tests.support.servers import server_engine

ROLES = ("admin", "healer", "front_desk", "both")
SqlOf = Callable[[str], sa.Connection]


@pytest.fixture(scope="session", params=list(ServerKind), ids=str)
def practice(request: pytest.FixtureRequest, run_folder: Path) -> Iterator[ServerPractice]:
    with made_practice(ServerKind(request.param), run_folder) as made:
        yield made


@pytest.fixture
def root(practice: ServerPractice) -> Iterator[sa.Connection]:
    """The server's own administrator, in the practice's database."""
    engine = server_engine(practice.root)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def sql_of(practice: ServerPractice) -> Iterator[SqlOf]:
    """A person with a raw SQL client: `sql_of("healer")`."""
    with contextlib.ExitStack() as stack:
        yield lambda who: stack.enter_context(stack.enter_context(practice.engine(who)).connect())


def refusal(connection: sa.Connection, statement: str, *values: object) -> int:
    """The code of the server's refusal; 0 when the statement ran. What it did is taken back."""
    raw = connection.connection.dbapi_connection
    try:
        with raw.cursor() as cursor:
            cursor.execute(statement, values or None)
        raw.rollback()
    except pymysql.err.MySQLError as error:
        try:
            raw.rollback()
        except pymysql.err.MySQLError:
            connection.invalidate()  # the server ended it
        return int(error.args[0])
    return 0


@dataclass(frozen=True)
class Newcomer:
    """Somebody whom the administrator added, and what they were told."""

    uuid: UUID
    sign_in_name: str
    code: str


class Team:
    """What the administrator does about people, as the program does it: the command, then the account."""

    def __init__(self, practice: ServerPractice, engine: sa.Engine) -> None:
        self.practice, self.engine = practice, engine
        admin = AccountReads(engine).member(practice.people["admin"].uuid)
        assert admin is not None
        self._bus, self.actor = bus_over(engine, utc_now), actor_of(admin)

    def do(self, command: Command) -> Outcome:
        return self._bus(command, self.actor)

    def add(self, *roles: Role) -> Newcomer:
        """A person who has no account yet."""
        name, person, code = f"p{secrets.token_hex(6)}", new_uuid(), new_code()
        healer_type = HealerType.REIKI if Role.HEALER in roles else None
        self.do(
            AddPerson(
                person=person,
                first_name="Nora",
                last_name="Neu",
                sign_in_name=name,
                roles=roles or (Role.FRONT_DESK,),
                healer_type=healer_type,
                password=code,
            )
        )
        return Newcomer(person, name, code)

    def invite(self, newcomer: Newcomer, hours: int = 24) -> None:
        with self.engine.connect() as connection:
            accounts.invite(connection, newcomer.uuid, newcomer.code, hours)

    def settle(self, person: UUID) -> None:
        with self.engine.connect() as connection:
            accounts.settle(connection, person)

    def join(self, *roles: Role) -> Newcomer:
        """A person who was invited, and chose PASSWORD."""
        newcomer = self.add(*roles)
        self.invite(newcomer)
        come_in(self.practice.address, newcomer.sign_in_name, newcomer.code, PASSWORD)
        return newcomer

    def person(self, uuid: UUID) -> PersonRow:
        found = AccountReads(self.engine).member(uuid)
        assert found is not None
        return found.person

    def disable(self, uuid: UUID) -> None:
        self.do(DisablePerson(person=uuid, version=self.person(uuid).version))
        self.settle(uuid)

    def enable(self, uuid: UUID) -> None:
        self.do(EnablePerson(person=uuid, version=self.person(uuid).version))
        self.settle(uuid)


@pytest.fixture
def team(practice: ServerPractice) -> Iterator[Team]:
    with cheap_hashes(), practice.engine("admin") as engine:
        yield Team(practice, engine)


@contextlib.contextmanager
def signed_in(practice: ServerPractice, name: str, password: str = PASSWORD) -> Iterator[sa.Connection]:
    """A connection with this account."""
    engine = practice_engine(practice.address, name, password, context_for(practice.address), pool_size=1)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextlib.contextmanager
def with_code(practice: ServerPractice, newcomer: Newcomer) -> Iterator[sa.Connection]:
    """A connection that the one-time code gives: only a password can be chosen in it."""
    engine = practice_engine(
        practice.address,
        newcomer.sign_in_name,
        newcomer.code,
        context_for(practice.address),
        pool_size=1,
        expired_ok=True,
    )
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def choose(practice: ServerPractice, newcomer: Newcomer, password: str = PASSWORD) -> None:
    """The newcomer's own password, without accepting yet."""
    with with_code(practice, newcomer) as connection:
        accounts.choose_password(connection, newcomer.sign_in_name, newcomer.code, password)
