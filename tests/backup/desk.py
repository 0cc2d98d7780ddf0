"""The computer that makes the backups of a practice on a server."""

from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

from sqlalchemy import URL, Engine

from avenrae_desktop.bootstrap.backup.making import back_up_server
from avenrae_desktop.bootstrap.backup.shelf import Kept, Shelf
from avenrae_desktop.bootstrap.server.administrator import Administrator
from avenrae_desktop.bootstrap.server.backups.keys import ServerKeys, open_keys, set_up
from avenrae_desktop.db.backup.dump_program import Account, find_program
from avenrae_desktop.db.backup.watch import Watch
from avenrae_desktop.db.server.connect import practice_engine
from avenrae_desktop.db.server.rights import roles_of
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.kernel.time import utc_now
from tests.support.places import ServerKind
from tests.support.server_practice import PASSWORD, ServerPractice
from tests.support.servers import execute


@dataclass
class Desk:
    """The computer that makes the backups of a practice on a server."""

    practice: ServerPractice
    administrator: Administrator
    folder: Path
    recovery_key: str

    def keys(self) -> ServerKeys:
        person = self.practice.people["admin"]
        return open_keys(self.folder, person.sign_in_name, person.password)

    def engine(self, account: Account) -> Engine:
        address = self.practice.address
        return practice_engine(address, account.user, account.password, context_for(address), pool_size=3)

    def back_up(self, *, own_dump: bool, watch: Watch | None = None, account: Account | None = None) -> Kept:
        opened = self.keys()
        account = account or opened.account
        program = None if own_dump else find_program(is_mariadb=self.practice.kind is ServerKind.MARIADB)
        assert own_dump or program is not None
        engine = self.engine(account)
        try:
            return back_up_server(
                Shelf(self.folder, opened.keys.practice),
                engine,
                self.practice.address,
                account,
                program,
                opened.keys,
                opened.key,
                utc_now(),
                UTC,
                watch or Watch(),
            )
        finally:
            engine.dispose()

    def admin_of(self, database: str) -> Administrator:
        return replace(self.administrator, address=replace(self.practice.address, database=database))


def set_up_desk(practice: ServerPractice, folder: Path) -> Desk:
    """With the account of the server's administrator."""
    admin = Administrator(practice.address, str(practice.root.username), str(practice.root.password))
    person = practice.people["admin"]
    shown = set_up(folder, admin, "Praxis am Fluss", person.sign_in_name, PASSWORD, person.uuid)
    return Desk(practice, admin, folder, shown)


def rows_in(url: URL) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database as its root sees it."""
    tables = [str(name) for (name,) in execute(url, "SHOW TABLES")]
    return {name: execute(url, f"SELECT * FROM `{name}` ORDER BY 1, 2") for name in tables}


def take_back(desk: Desk, database: str) -> None:
    """The people's accounts belong to the old database again, and the new one is gone."""
    server = desk.practice.root
    execute(server, f"DROP DATABASE IF EXISTS `{database}`")
    for role, _ in roles_of(database):
        execute(server, f"DROP ROLE IF EXISTS `{role}`")
    for person in desk.practice.people.values():
        execute(server, f"CALL settle_account(0x{person.uuid.hex})")
