"""A practice restored to a server: into a new database, which desks join only after it has been compared.

With the account of the server's administrator, entered once. Broken off, the same call begins anew.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from avenrae_desktop.areas.accounts.codes import new_code
from avenrae_desktop.areas.accounts.people import checked_sign_in_name, normal_sign_in_name
from avenrae_desktop.areas.accounts.queries import PersonRow
from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.bootstrap.backup.restoring import check_version
from avenrae_desktop.bootstrap.server.administrator import Administrator, administrating, engine_of
from avenrae_desktop.bootstrap.server.found import TLS_SETTING
from avenrae_desktop.db.backup.container import Opener
from avenrae_desktop.db.backup.manifest import Manifest
from avenrae_desktop.db.backup.problems import OTHER_VERSION
from avenrae_desktop.db.backup.server_copy import unpacked
from avenrae_desktop.db.backup.server_load import begin, compare, end, load, throw_away
from avenrae_desktop.db.backup.watch import Step, Watch
from avenrae_desktop.db.engine import WRITES
from avenrae_desktop.db.schema import SCHEMA_VERSION
from avenrae_desktop.db.server import accounts
from avenrae_desktop.db.server.address import ServerAddress, Trust, checked_database
from avenrae_desktop.db.server.enrolment import Enrolment
from avenrae_desktop.db.server.make import make_whole
from avenrae_desktop.db.server.rights import PERSON
from avenrae_desktop.db.tables import settings, users
from avenrae_desktop.kernel.errors import AppError, Problem, RuleBroken, noop
from avenrae_desktop.kernel.identity import Role

NOT_AN_ADMIN = Problem(
    "restore.not_an_admin",
    noop("Nobody could let the others in"),
    noop("“{sign_in_name}” is no administrator of the practice in this backup. Nothing was changed."),
    noop("Name one of: {names}."),
)
NAME_TAKEN = Problem(
    "restore.name_taken",
    noop("The server knows this name already"),
    noop("There is an account “{sign_in_name}” on the server. Nothing was changed."),
    noop("If it is the same person's, from this very practice, allow it with --keep-accounts."),
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it. `code` lets `sign_in_name` in, once; `without_account` need a new code from them."""

    enrolment: Enrolment
    manifest: Manifest
    sign_in_name: str
    code: str
    without_account: tuple[str, ...]


def restore_server(
    opener: Opener,
    key: bytes,
    admin: Administrator,
    sign_in_name: str,
    watch: Watch,
    *,
    keep_accounts: bool = False,
) -> Restored:
    """Make the database from the backup, and let one of its administrators in.

    `keep_accounts`: accounts of the people's names that the server has are theirs, and go on with the new
    database. Raises AppError; then the database is not there, unless the server died: the same call goes on.
    """
    database = checked_database(admin.address.database)
    manifest = _proven(opener, key, watch)
    with administrating(admin) as connection:
        begin(connection, database)
    with _taken_away_on_error(admin, database):
        people = _fill(opener, key, admin, sign_in_name, watch, keep_accounts=keep_accounts)
        with engine_of(admin, database) as engine:
            compare(engine, database, manifest, watch)
            code = _let_in(engine, admin.address, people)
        with administrating(admin) as connection:
            end(connection, database)
    without = tuple(p.sign_in_name for p in people.gone if p != people.first)
    enrolment = Enrolment(opener.head.practice_name, admin.address)
    return Restored(enrolment, manifest, people.first.sign_in_name, code, without)


def _proven(opener: Opener, key: bytes, watch: Watch) -> Manifest:
    """Read it whole before anything is made."""
    done, of = 0, opener.path.stat().st_size
    for piece in opener.data(key):
        done += len(piece)
        watch.at(Step.CHECK, done, of)
    manifest = opener.proven()
    check_version(manifest)
    if manifest.schema_version != SCHEMA_VERSION:
        raise RuleBroken(OTHER_VERSION, found=manifest.schema_version, known=SCHEMA_VERSION)
    return manifest


@contextlib.contextmanager
def _taken_away_on_error(admin: Administrator, database: str) -> Iterator[None]:
    try:
        yield
    except BaseException:
        # A server that died keeps it with its mark, and the next call throws it away.
        with contextlib.suppress(AppError, sa.exc.DBAPIError), administrating(admin) as connection:
            throw_away(connection, database)
        raise


@dataclass(frozen=True, slots=True)
class _People:
    """Who signs in first, whose account goes on, and who has none any more."""

    first: PersonRow
    kept: tuple[PersonRow, ...]
    gone: tuple[PersonRow, ...]


def _fill(
    opener: Opener, key: bytes, admin: Administrator, sign_in_name: str, watch: Watch, *, keep_accounts: bool
) -> _People:
    """Tables and everything else as this program makes them; the rows before there are triggers."""
    database = admin.address.database
    with administrating(admin) as connection, engine_of(admin, database) as engine:
        for step in make_whole(connection, database):
            watch.at(Step.RESTORE)
            if step == "the tables":
                with opener.reading(key) as pieces:
                    load(engine, unpacked(pieces, opener.path.name), watch)
                # Now, and not at the end: much of the work is still to come.
                people = _people(engine, sign_in_name, keep_accounts=keep_accounts)
    return people


def _people(engine: sa.Engine, sign_in_name: str, *, keep_accounts: bool) -> _People:
    people = [p for p in AccountReads(engine).people() if p.has_account and not p.disabled]
    admins = {p.sign_in_name: p for p in people if Role.ADMIN in p.roles}
    name = normal_sign_in_name(sign_in_name) if sign_in_name else next(iter(sorted(admins)), "")
    if name not in admins:
        raise RuleBroken(NOT_AN_ADMIN, sign_in_name=name, names=", ".join(sorted(admins)))
    with engine.connect() as connection:
        known = {str(n).casefold() for n in connection.exec_driver_sql("SELECT user FROM mysql.user").scalars()}
    if name in known and not keep_accounts:
        raise RuleBroken(NAME_TAKEN, sign_in_name=name)
    kept = tuple(p for p in people if keep_accounts and p.sign_in_name in known)
    return _People(admins[name], kept, tuple(p for p in people if p not in kept))


def _let_in(engine: sa.Engine, address: ServerAddress, people: _People) -> str:
    """The first one's code; empty where their own password still fits."""
    tls = "no" if address.trust is Trust.NONE else "yes"
    gone = [p.uuid for p in people.gone]
    with engine.execution_options(**WRITES).begin() as c:
        c.execute(settings.update().where(settings.c.setting_name == TLS_SETTING).values(setting_value=tls))
        c.execute(users.update().where(users.c.uuid.in_(gone)).values(account_at=None, code_until=None))
    for person in people.kept:
        _keep(engine, address.database, person.sign_in_name)
        with engine.connect() as c:
            accounts.settle(c, person.uuid)
    if people.first in people.kept:
        return ""
    code = new_code()
    with engine.execution_options(**WRITES).begin() as c:
        accounts.invite(c, people.first.uuid, code)
    return code


def _keep(engine: sa.Engine, database: str, sign_in_name: str) -> None:
    """By this role the server knows an account as one of the practice's people; the owner hands it out."""
    statement = f"GRANT `{database}_{PERSON}` TO '{checked_sign_in_name(sign_in_name)}'@'%'"
    with engine.connect() as connection:
        connection.execute(sa.text("CALL run_statement(:statement)"), {"statement": statement})
