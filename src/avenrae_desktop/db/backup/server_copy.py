"""A practice on a server as statements: by the server's own dump program, else over our own connection."""

import contextlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from avenrae_desktop.db.backup import own_dump
from avenrae_desktop.db.backup.dump_program import Account, Dump, Program, started
from avenrae_desktop.db.backup.manifest import Manifest
from avenrae_desktop.db.backup.problems import DAMAGED, NO_RIGHT
from avenrae_desktop.db.backup.snapshot import Frozen, Programs, frozen
from avenrae_desktop.db.backup.sums import TableSum
from avenrae_desktop.db.backup.watch import Step, Watch
from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.schema import VERSION_SETTING, program_name, programs
from avenrae_desktop.db.server.address import ServerAddress
from avenrae_desktop.db.server.connect import host_of
from avenrae_desktop.db.tables import settings
from avenrae_desktop.kernel.errors import NotAllowed, Unavailable

_LEVEL = 6


@dataclass(frozen=True, slots=True)
class ServerState:
    """What was on the server at the moment of the copy."""

    schema_version: int
    made_with: str
    triggers: int
    routines: int
    database: str
    tables: dict[str, TableSum]

    def manifest(self, payload_bytes: int) -> Manifest:
        return Manifest(
            schema_version=self.schema_version,
            made_with=self.made_with,
            payload_bytes=payload_bytes,
            triggers=self.triggers,
            routines=self.routines,
            tables=self.tables,
            database=self.database,
        )


def copy_server(
    engine: sa.Engine,
    address: ServerAddress,
    account: Account,
    program: Program | None,
    write: Callable[[bytes], object],
    watch: Watch,
) -> ServerState:
    """Write the practice's state of one moment, packed. Others wait for that moment only.

    `engine` is the same account's. Raises AppError; OSError where `write` does.
    """
    with telling_faults(), engine.connect() as connection:
        version = connection.execute(
            sa.select(settings.c.setting_value).where(settings.c.setting_name == VERSION_SETTING)
        ).scalar_one()
    packed = _Packed(write)
    with frozen(engine, address.database) as (state, let_go):
        _check_sees_all(state.programs)
        with _dumping(program, engine, address, account) as dump:
            sums, made_with = _dumped(dump, program, state, let_go, packed, watch)
    packed.end()
    triggers, routines = len(state.programs.triggers), len(state.programs.routines)
    return ServerState(int(version), made_with, triggers, routines, address.database, sums)


def unpacked(parts: Iterable[bytes], name: str) -> Iterator[bytes]:
    """What `copy_server` wrote, unpacked again. Raises Unavailable."""
    unpack = zlib.decompressobj()
    try:
        for part in parts:
            yield unpack.decompress(part)
        yield unpack.flush()
    except zlib.error:
        raise Unavailable(DAMAGED, name=name) from None


class _Packed:
    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write, self._pack = write, zlib.compressobj(_LEVEL)

    def add(self, part: bytes) -> None:
        self._write(self._pack.compress(part))

    def end(self) -> None:
        self._write(self._pack.flush())


@contextlib.contextmanager
def _dumping(
    program: Program | None, engine: sa.Engine, address: ServerAddress, account: Account
) -> Iterator[Dump | None]:
    host = next((host for host in address.hosts if str(host) == host_of(engine)), address.hosts[0])
    if program is None:
        yield None
        return
    with started(program, address, host, account) as dump:
        yield dump


def _dumped(
    dump: Dump | None,
    program: Program | None,
    state: Frozen,
    let_go: Callable[[], None],
    packed: _Packed,
    watch: Watch,
) -> tuple[dict[str, TableSum], str]:
    if dump is not None and program is not None and dump.begun():
        let_go()
        for part in dump.parts(watch):
            packed.add(part)
        return state.sums(watch, Step.COUNT), program.label
    # It is not there, is older than the server, or cannot verify it as we do.
    let_go()
    sums: dict[str, TableSum] = {}
    for part in own_dump.dump(state, watch, sums):
        packed.add(part)
    return sums, own_dump.NAME


def _check_sees_all(there: Programs) -> None:
    """What an account may not see, it would leave out without a word."""
    wanted = {"triggers": there.triggers, "routines": there.routines}
    for kind, names in wanted.items():
        hidden = {program_name(each) for each in programs("mysql", kind)} - set(names)
        if hidden:
            raise NotAllowed(NO_RIGHT, detail=f"the {kind} cannot be seen ({', '.join(sorted(hidden)[:3])} …)")
