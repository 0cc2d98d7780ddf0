"""The first administrator of a practice on a server: the person, and the account by the same routines as all."""

from collections.abc import Iterator

import sqlalchemy as sa

from avenrae_desktop.areas.accounts.codes import new_code
from avenrae_desktop.areas.accounts.domain import ChangeSettings, CreatePractice, RecoverPassword
from avenrae_desktop.areas.accounts.passwords import checked_password, fits
from avenrae_desktop.areas.accounts.practice_settings import checked
from avenrae_desktop.areas.accounts.queries import Member
from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.bootstrap.session import actor_of
from avenrae_desktop.bootstrap.wiring import bus_over
from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.server import accounts
from avenrae_desktop.db.server.address import ServerAddress
from avenrae_desktop.db.server.connect import practice_engine
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.kernel.errors import NotAllowed, RuleBroken
from avenrae_desktop.kernel.identity import Actor, Role
from avenrae_desktop.kernel.time import Clock


def let_in(engine: sa.Engine, address: ServerAddress, create: CreatePractice, clock: Clock) -> Iterator[str]:
    """Make the practice and its first person, and sign them in once; goes on where an earlier call ended.

    `engine` is the administrator's, on the practice's database. Yields each step's name; raises AppError.
    """
    reads = AccountReads(engine)
    begun = next(iter(reads.people()), None)
    if begun is None:
        # Before the first person is there the program itself acts; the audit trail shows no user.
        bus_over(engine, clock)(create, Actor(0, create.person, "", frozenset({Role.ADMIN})))
    person = begun.uuid if begun is not None else create.person
    found = reads.member(person)
    assert found is not None  # noqa: S101 - they are there, or the command just made them
    if begun is not None:
        _bring_up_to_date(engine, reads, found, create, clock)
    yield "the practice and its first administrator"
    name, password = found.person.sign_in_name, checked_password(create.password)
    if not (found.person.has_account and _accepted(address, name, password)):
        code = new_code()
        with telling_faults(), engine.connect() as connection:
            accounts.invite(connection, person, code)
        yield "their account"
        come_in(address, name, code, password)
    yield "their first sign-in"


def come_in(address: ServerAddress, sign_in_name: str, code: str, password: str) -> None:
    """Do what somebody does who was invited: choose an own password with the one-time code. Raises AppError."""
    _choose(address, sign_in_name, code, password)
    _accept(address, sign_in_name, password)


def _bring_up_to_date(
    engine: sa.Engine, reads: AccountReads, found: Member, create: CreatePractice, clock: Clock
) -> None:
    """What was typed this time counts."""
    bus, actor = bus_over(engine, clock), actor_of(found)
    now = reads.settings()
    typed = {name: checked(name, getattr(create, name)) for name in ("practice_name", "time_zone", "currency")}
    changed = tuple((name, value) for name, value in typed.items() if getattr(now, name) != value)
    if changed:
        bus(ChangeSettings(values=changed), actor)
    if not fits(create.password, reads.secrets(found.person.uuid).password_hash):
        bus(RecoverPassword(password=create.password), actor)


def _accepted(address: ServerAddress, name: str, password: str) -> bool:
    """Whether an earlier call got as far as the person's own password, and now to the end."""
    try:
        _accept(address, name, password)
    except (RuleBroken, NotAllowed):
        return False  # another password, still the one-time code, a code that is over: a new one is given
    return True


def _choose(address: ServerAddress, name: str, code: str, password: str) -> None:
    engine = practice_engine(address, name, code, context_for(address), pool_size=1, expired_ok=True)
    try:
        with telling_faults(), engine.connect() as connection:
            accounts.choose_password(connection, name, code, password)
    finally:
        engine.dispose()


def _accept(address: ServerAddress, name: str, password: str) -> None:
    engine = practice_engine(address, name, password, context_for(address), pool_size=1)
    try:
        with telling_faults(), engine.connect() as connection:
            accounts.accept(connection)
        engine.dispose()
        # As they will sign in from now on: with the role that was just given.
        AccountReads(engine).settings()
    finally:
        engine.dispose()
