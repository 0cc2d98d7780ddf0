"""The way in to practices on a server: joining, setting one up, signing in, a first password, and faults."""

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.errors import AppError, MustChoosePassword, Problem, RuleBroken, Unavailable, noop
from avenrae_desktop.qtkit.dialogs import confirm
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.shell.entry.fault import FaultPage
from avenrae_desktop.shell.entry.server.attempt import Attempt
from avenrae_desktop.shell.entry.server.certificates import WRONG_PASSWORD
from avenrae_desktop.shell.entry.server.choose_password import ChoosePasswordPage
from avenrae_desktop.shell.entry.server.joining import Joining
from avenrae_desktop.shell.entry.server.place_words import hosts_words
from avenrae_desktop.shell.entry.server.set_up.flow import SettingUp
from avenrae_desktop.shell.entry.server.sign_in import ServerSignInPage
from avenrae_desktop.shell.entry.server.waiting import Stopped, waited

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.places import ServerPlace
    from avenrae_desktop.bootstrap.server.servers import Servers
    from avenrae_desktop.shell.entry.entrance import Entrance

CODE_USED = Problem(
    "shell.code_used",
    noop("This code was used already"),
    noop("The server no longer takes it. Your new password may have been set before the connection broke."),
    noop("Sign in with the new password. If that fails, ask an administrator for another code."),
)


class ServerWay(QObject):
    """Each method shows a page and takes away what the one before has left."""

    def __init__(self, way: "Entrance", servers: "Servers", runner: Runner, home: QWidget) -> None:
        super().__init__(home)
        self._way, self._servers, self._runner, self._home = way, servers, runner, home
        self.flow: Joining | SettingUp | None = None
        self._behind: ServerSignInPage | None = None

    def leave(self) -> None:
        """Forget what was typed on pages that are out of sight."""
        if self.flow is not None:
            self.flow.end()
        if self._behind is not None:
            self._behind.deleteLater()
        self.flow = self._behind = None

    def join(self, file: Path | None = None) -> None:
        """Join a practice server, maybe with an enrolment file that is at hand."""
        self.leave()
        flow = Joining(self._servers, self._runner, self._way.show_page, self._home)
        flow.joined.connect(self.sign_in)
        flow.set_up.connect(self.set_up)
        flow.left.connect(self._to_welcome)
        self.flow = flow
        if file is None:
            flow.begin()
        else:
            flow.open_file(file)

    def set_up(self) -> None:
        """Set up a new practice server."""
        self.leave()
        flow = SettingUp(self._servers, self._runner, self._way.show_page, self._way.progress, self._home)
        flow.finished.connect(self.sign_in)
        flow.left.connect(self.join)
        self.flow = flow
        flow.begin()

    def sign_in(self, place: "ServerPlace", sign_in_name: str = "", error: AppError | None = None) -> None:
        """Sign in; the name last used here is filled in."""
        self.leave()
        page = ServerSignInPage(place, self._way.others_than(place), sign_in_name)
        page.submitted.connect(lambda name, word: self._runner.start(self._open(page, place, name, word), page))
        page.elsewhere.connect(self._to_welcome)
        page.another.connect(self._way.sign_in)
        page.forget.connect(lambda: self._runner.start(self._forget(page, place), page))
        self._way.show_page(page)
        if error is not None:
            page.show_error(error)

    def _to_welcome(self) -> None:
        self.leave()
        self._way.welcome()

    async def _open(self, page: ServerSignInPage, place: "ServerPlace", name: str, password: str) -> None:
        attempt = Attempt()
        words = page.tr("Connecting to {server}…").format(server=hosts_words(place.address.hosts))
        come_in = partial(self._servers.sign_in, place, name, password)
        try:
            app = await waited(page, self._runner, words, attempt.run, come_in)
        except Stopped:
            attempt.give_up()
        except asyncio.CancelledError:
            attempt.give_up()
            raise
        except MustChoosePassword:
            self._choose_password(place, name, password)
        except Unavailable as error:
            self._tell_fault(error, place, page)
        except AppError as error:
            page.show_error(error)
        else:
            attempt.taken()
            self._way.opened.emit(app)

    def _tell_fault(self, error: AppError, place: "ServerPlace", page: ServerSignInPage) -> None:
        """The page behind keeps what was typed, so that trying again is one press."""
        page.kept, self._behind = True, page
        fault = FaultPage(error, tried=hosts_words(place.address.hosts))
        fault.again.connect(self._again)
        fault.elsewhere.connect(self._to_welcome)
        self._way.show_page(fault)

    def _again(self) -> None:
        page, self._behind = self._behind, None
        if page is not None:
            page.kept = False
            self._way.show_page(page)
            page.go.click()

    def _choose_password(self, place: "ServerPlace", name: str, code: str) -> None:
        page = ChoosePasswordPage(place.practice_name, name)
        page.submitted.connect(
            lambda new: self._runner.start(self._set_password(page, place, name, code, new), page)
        )
        page.cancelled.connect(lambda: self.sign_in(place, name))
        self._way.show_page(page)

    async def _set_password(
        self, page: ChoosePasswordPage, place: "ServerPlace", name: str, code: str, new: str
    ) -> None:
        attempt = Attempt()
        # No way out here: once it is sent nobody could say which of the two passwords counts.
        page.set_busy(page.tr("Setting your password…"))
        come_in = partial(self._servers.choose_password, place, name, code, new)
        try:
            app = await self._runner.ask(attempt.run, come_in)
        except asyncio.CancelledError:
            attempt.give_up()
            raise
        except AppError as error:
            page.set_busy(None)
            if error.code == WRONG_PASSWORD:
                self.sign_in(place, name, RuleBroken(CODE_USED))
            else:
                page.show_error(error)
        else:
            attempt.taken()
            self._way.opened.emit(app)

    async def _forget(self, page: ServerSignInPage, place: "ServerPlace") -> None:
        title = self.tr("Forget this practice on this computer?")
        text = self.tr("Nothing on the server changes. To come back, join again with the enrolment file.")
        if not await confirm(page, title, text, self.tr("Forget")):
            return
        try:
            await self._runner.ask(self._servers.forget, place)
        except AppError as error:
            page.show_error(error)
        else:
            self._way.begin()
