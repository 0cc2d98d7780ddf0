"""A new practice, whole, in a folder that nobody looks at yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.areas.accounts.practice_settings import PracticeSettings
from avenrae_desktop.areas.accounts.queries import PersonRow
from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.bootstrap.places import DATABASE, KEYS
from avenrae_desktop.bootstrap.session import actor_of
from avenrae_desktop.bootstrap.wiring import HANDLERS
from avenrae_desktop.db.engine import sqlcipher_engine
from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.keyfile import Cost, KeyFile, mark_of, new_raw_key
from avenrae_desktop.db.schema import create_schema
from avenrae_desktop.db.unit_of_work import unit_of_work
from avenrae_desktop.kernel.bus import Bus, Command, Handler
from avenrae_desktop.kernel.identity import Actor, Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import Clock

Progress = Callable[[int, int], None]
STEPS = 4


@dataclass(frozen=True, slots=True)
class Founder:
    """Who made the practice, and the mark of their stored password (see `keyfile.mark_of`)."""

    person: PersonRow
    mark: str


def make(folder: Path, command: CreatePractice, clock: Clock, progress: Progress) -> tuple[KeyFile, bytes, str]:
    """Fill the empty folder; returns the key file's content, the raw key, and the recovery key to show once."""
    key = new_raw_key()
    settings, founder = make_database(folder / DATABASE, key, command, HANDLERS, clock, progress)
    keys = founders_keys(settings.practice_name, key, founder, command.password)
    keys, recovery_key = keys.with_recovery_key(key)
    keys.save(folder / KEYS)
    progress(3, STEPS)
    return keys, key, recovery_key


def make_database(
    file: Path,
    key: bytes,
    create: CreatePractice,
    handlers: Mapping[type[Command], Handler],
    clock: Clock,
    progress: Progress,
    then: Command | None = None,
) -> tuple[PracticeSettings, Founder]:
    """Tables, the practice, and what the founder does `then`. Raises AppError."""
    engine = sqlcipher_engine(file, key)
    try:
        with telling_faults():
            create_schema(engine)
        progress(1, STEPS)
        bus = Bus(unit_of_work(engine, clock), handlers)
        # Before the first person is there the program itself acts; the audit trail shows no user.
        bus(create, Actor(0, create.person, "", frozenset({Role.ADMIN})))
        reads = AccountReads(engine)
        founder = reads.member(create.person)
        assert founder is not None  # noqa: S101 - the command before made them
        if then is not None:
            bus(then, actor_of(founder))
        progress(2, STEPS)
        return reads.settings(), Founder(founder.person, mark_of(reads.secrets(create.person).password_hash))
    finally:
        engine.dispose()


def founders_keys(
    practice_name: str,
    key: bytes,
    founder: Founder,
    password: str,
    *,
    is_demo: bool = False,
    cost: Cost | None = None,
) -> KeyFile:
    """A key file with the founder's password only."""
    p = founder.person
    empty = KeyFile(new_uuid(), practice_name, is_demo)
    return empty.with_password(key, p.uuid, p.sign_in_name, p.name, password, founder.mark, cost)
