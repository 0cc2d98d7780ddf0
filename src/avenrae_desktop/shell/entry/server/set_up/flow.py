"""The steps of setting up a practice server. The administrator's password lives only as long as they do."""

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.kernel.errors import AppError, Problem, noop
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.server.certificates import (
    NO_TLS,
    WRONG_PASSWORD,
    Seen,
    ask_certificates,
    at_field,
    question,
)
from avenrae_desktop.shell.entry.server.place_words import hosts_words
from avenrae_desktop.shell.entry.server.set_up.account import AccountPage
from avenrae_desktop.shell.entry.server.set_up.checks import ChecksPage
from avenrae_desktop.shell.entry.server.set_up.make_certificate import CertificateMadePage, MakeCertificatePage
from avenrae_desktop.shell.entry.server.set_up.plan import PlanPage
from avenrae_desktop.shell.entry.server.set_up.practice import ServerPracticePage
from avenrae_desktop.shell.entry.server.set_up.ready import ReadyPage
from avenrae_desktop.shell.entry.server.waiting import Stopped, waited

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.server.administrator import Administrator
    from avenrae_desktop.bootstrap.server.checks import Check
    from avenrae_desktop.bootstrap.server.servers import Servers
    from avenrae_desktop.db.server.address import Host, ServerAddress
    from avenrae_desktop.db.server.enrolment import Enrolment

NEEDS_CERTIFICATE = Problem(
    "shell.needs_certificate",
    noop("The server offers no encryption"),
    noop("“{host}” would send everything in the open. Your password was not sent."),
    noop("Make a certificate for it with the link below, or set it up on the server's own computer as localhost."),
)

MakeProgress = Callable[[EntryPage], Callable[[int, int], None]]


class SettingUp(QObject):
    """Shows its pages by `show`. Call `end` when another page takes over: it forgets the password."""

    finished = Signal(object, str)
    """(the ServerPlace, the sign-in name of its first administrator)."""
    left = Signal()

    def __init__(
        self,
        servers: "Servers",
        runner: Runner,
        show: Callable[[EntryPage], None],
        progress: MakeProgress,
        home: QWidget,
    ) -> None:
        super().__init__(home)
        self._servers, self._runner, self._show, self._progress = servers, runner, show, progress
        self.admin: Administrator | None = None
        self._checks: Sequence[Check] = ()
        self._made_here: frozenset[str] = frozenset()
        self.account, self.practice = AccountPage(home), ServerPracticePage(home)
        for page in (self.account, self.practice):
            page.keep()
        self.account.submitted.connect(lambda *typed: self._start(self.account, self._look_at(*typed)))
        self.account.cancelled.connect(self.left)
        self.account.certificate.connect(self._make_certificate)
        self.practice.submitted.connect(lambda command: self._start(self.practice, self._plan(command)))
        self.practice.cancelled.connect(self._show_checks)

    def begin(self) -> None:
        """Show the first page."""
        self._show(self.account)

    def end(self) -> None:
        """Forget what was typed and take the pages away."""
        self._forget()
        for page in (self.account, self.practice):
            page.deleteLater()
        self.deleteLater()

    def _forget(self) -> None:
        self.admin = None
        for field in (self.account.password, self.practice.password, self.practice.again):
            field.clear()

    def _start(self, page: EntryPage, coro: Coroutine[Any, Any, Any]) -> None:
        self._runner.start(coro, page)

    def _make_certificate(self) -> None:
        page = MakeCertificatePage(self.account.host.text(), self._runner)
        page.submitted.connect(lambda names, folder: self._start(page, self._made(page, names, folder)))
        page.cancelled.connect(self.begin)
        self._show(page)

    async def _made(self, page: EntryPage, names: str, folder: Path) -> None:
        try:
            made = await self._runner.ask(self._servers.make_certificate, names, folder)
        except AppError as error:
            page.show_error(at_field(error, "folder"))
            return
        self._made_here = self._made_here | {made.fingerprint}
        done = CertificateMadePage(made)
        done.done.connect(self.begin)
        self._show(done)

    async def _look_at(self, typed: str, database: str, user: str, password: str) -> None:
        """Who is it? Before that is known no password is sent."""
        try:
            hosts = self._servers.hosts(typed)
            name = self._servers.database(database)
            seen = await ask_certificates(self.account, self._runner, self._servers, hosts)
        except Stopped:
            return
        except AppError as error:
            self.account.show_error(at_field(_told(error), "host"))
            return

        def trust() -> None:
            self._start(page, self._check(page, hosts, name, seen, user, password))

        page = question(seen, trust, self.begin, self._made_here)
        self._show(page)

    async def _check(
        self, page: EntryPage, hosts: "Sequence[Host]", database: str, seen: Seen, user: str, password: str
    ) -> None:
        address = self._servers.address(hosts, database, seen.pems)
        await self._look(page, partial(_looked, self._servers, address, user, password))

    async def _look_again(self, page: EntryPage) -> None:
        admin = self._in_hand()
        await self._look(page, lambda: (admin, self._servers.look(admin)))

    async def _look(self, page: EntryPage, look: "Callable[[], tuple[Administrator, Sequence[Check]]]") -> None:
        words = page.tr("Looking at the server…")
        try:
            self.admin, self._checks = await waited(page, self._runner, words, look)
        except Stopped:
            return
        except AppError as error:
            self._show(self.account)
            self.account.show_error(error)
        else:
            self._show_checks()

    def _in_hand(self) -> "Administrator":
        """The account that was typed; the pages after the first are only shown while there is one."""
        assert self.admin is not None  # noqa: S101
        return self.admin

    def _show_checks(self) -> None:
        page = ChecksPage(self._checks, hosts_words(self._in_hand().address.hosts))
        page.accepted.connect(lambda: self._show(self.practice))
        page.again.connect(lambda: self._start(page, self._look_again(page)))
        page.cancelled.connect(self.begin)
        self._show(page)

    async def _plan(self, command: CreatePractice) -> None:
        words = self.practice.tr("Looking at the server…")
        try:
            plan = partial(_checked_plan, self._servers, self._in_hand(), command)
            steps = await waited(self.practice, self._runner, words, plan)
        except Stopped:
            return
        except AppError as error:
            self._refuse(error)
            return
        page = PlanPage(steps)
        page.accepted.connect(lambda: self._start(page, self._set_up(page, command)))
        page.cancelled.connect(lambda: self._show(self.practice))
        self._show(page)

    async def _set_up(self, page: PlanPage, command: CreatePractice) -> None:
        page.set_busy(page.tr("Setting up the server. This may take a minute."))
        try:
            enrolment = await self._runner.ask(
                self._servers.set_up, self._in_hand(), command, self._progress(page)
            )
        except AppError as error:
            page.set_busy(None)
            if error.field in self.practice.fields or error.field in self.account.fields:
                self._refuse(error)
            else:
                page.show_stop(error)
            return
        self._forget()
        ready = ReadyPage(enrolment, self._servers, self._runner)
        ready.sign_in.connect(lambda: self._start(ready, self._join(ready, enrolment, command.sign_in_name)))
        self._show(ready)

    async def _join(self, page: EntryPage, enrolment: "Enrolment", sign_in_name: str) -> None:
        try:
            place = await self._runner.ask(self._servers.join, enrolment)
        except AppError as error:
            page.show_error(error)
        else:
            self.finished.emit(place, sign_in_name)

    def _refuse(self, error: AppError) -> None:
        """Tell it on the page where it was typed."""
        typed_first = error.field in ("host", "database", "user") or error.code == WRONG_PASSWORD
        page = self.account if typed_first else self.practice
        self._show(page)
        page.show_error(error)


def _told(error: AppError) -> AppError:
    """Who sets a server up can give it what it lacks."""
    return type(error)(NEEDS_CERTIFICATE, **error.params) if error.code == NO_TLS else error


def _looked(
    servers: "Servers", address: "ServerAddress", user: str, password: str
) -> "tuple[Administrator, Sequence[Check]]":
    admin = servers.administrator(address, user, password)
    return admin, servers.look(admin)


def _checked_plan(servers: "Servers", admin: "Administrator", command: CreatePractice) -> tuple[str, ...]:
    servers.check_typed(command)
    return servers.plan(admin, command.practice_name)
