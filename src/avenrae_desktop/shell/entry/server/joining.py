"""The steps of joining a practice server: a file or an address, whom to trust, and then it is known here."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.server.certificates import Seen, ask_certificates, at_field, question
from avenrae_desktop.shell.entry.server.enrolled import EnrolledPage
from avenrae_desktop.shell.entry.server.join import JoinPage
from avenrae_desktop.shell.entry.server.waiting import Stopped

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.server.servers import Servers
    from avenrae_desktop.db.server.address import Host
    from avenrae_desktop.db.server.enrolment import Enrolment


class Joining(QObject):
    """Shows its pages by `show`. Call `end` when another page takes over."""

    joined = Signal(object)
    """The ServerPlace that is known now."""
    set_up = Signal()
    left = Signal()

    def __init__(
        self, servers: "Servers", runner: Runner, show: Callable[[EntryPage], None], home: QWidget
    ) -> None:
        super().__init__(home)
        self._servers, self._runner, self._show = servers, runner, show
        self.page = JoinPage(runner, home)
        self.page.keep()
        self.page.file_chosen.connect(lambda file: self._start(self._read(file)))
        self.page.address_typed.connect(lambda hosts, database: self._start(self._look(hosts, database)))
        self.page.set_up.connect(self.set_up)
        self.page.cancelled.connect(self.left)

    def begin(self) -> None:
        """Show the first page."""
        self._show(self.page)

    def open_file(self, file: Path) -> None:
        """Begin with a file that was dropped."""
        self.page.show_file(file)
        self._show(self.page)
        self.page.go.click()

    def end(self) -> None:
        """Take the pages away."""
        self.page.deleteLater()
        self.deleteLater()

    def _start(self, coro: object) -> None:
        self._runner.start(coro, self.page)  # type: ignore[arg-type]

    async def _read(self, file: Path) -> None:
        try:
            enrolment, fingerprints = await self._runner.ask(_read, self._servers, file)
        except AppError as error:
            self._refuse(error, "file")
            return
        page = EnrolledPage(enrolment, fingerprints)
        page.accepted.connect(lambda: self._runner.start(self._join(page, enrolment), page))
        page.cancelled.connect(self.begin)
        self._show(page)

    async def _look(self, typed: str, database: str) -> None:
        try:
            hosts, name = await self._runner.ask(_checked, self._servers, typed, database)
            seen = await ask_certificates(self.page, self._runner, self._servers, hosts)
        except Stopped:
            return
        except AppError as error:
            self._refuse(error, "host")
            return
        page = question(seen, lambda: self._runner.start(self._trust(page, seen, hosts, name), page), self.begin)
        self._show(page)

    async def _trust(self, page: EntryPage, seen: Seen, hosts: "Sequence[Host]", database: str) -> None:
        address = self._servers.address(hosts, database, seen.pems)
        # What the practice is called is only known once somebody has signed in.
        await self._join(page, self._servers.enrolment(database, address))

    async def _join(self, page: EntryPage, enrolment: "Enrolment") -> None:
        try:
            place = await self._runner.ask(self._servers.join, enrolment)
        except AppError as error:
            page.show_error(error)
        else:
            self.joined.emit(place)

    def _refuse(self, error: AppError, field: str) -> None:
        """Tell it at the field that was typed, whatever the error calls it."""
        self._show(self.page)
        if field == "file":
            # What is wrong inside the file is not for this person to type.
            error = type(error)(error.problem, field=field, **error.params)
        self.page.show_error(at_field(error, field))


def _read(servers: "Servers", file: Path) -> "tuple[Enrolment, tuple[str, ...]]":
    enrolment = servers.read(file)
    pem = enrolment.address.pem
    return enrolment, servers.fingerprints(pem)


def _checked(servers: "Servers", typed: str, database: str) -> "tuple[Sequence[Host], str]":
    return servers.hosts(typed), servers.database(database.strip())
