"""The way in: shows the right page, opens what was chosen, and hands over the opened practice."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QStackedWidget, QWidget

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.kernel.errors import AppError, Unavailable
from avenrae_desktop.kernel.files import ENROLMENT_SUFFIX
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import FactRow, row
from avenrae_desktop.settings.machine import LAST_SIGN_IN_NAME, MachineSettings
from avenrae_desktop.shell.entry.art import EntryArt
from avenrae_desktop.shell.entry.clock import ClockPage
from avenrae_desktop.shell.entry.fault import FaultPage
from avenrae_desktop.shell.entry.fonts import fonts_note, lacks_fonts
from avenrae_desktop.shell.entry.new_practice import NewPracticePage
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.recover import RecoverPage
from avenrae_desktop.shell.entry.recovery_key import RecoveryKeyPage
from avenrae_desktop.shell.entry.server.place_words import is_server
from avenrae_desktop.shell.entry.sign_in import SignInPage
from avenrae_desktop.shell.entry.welcome import WelcomePage

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App, Place, Practices
    from avenrae_desktop.bootstrap.file_app import FileApp
    from avenrae_desktop.bootstrap.places import ServerPlace
    from avenrae_desktop.shell.entry.server.way import ServerWay

Progress = Callable[[int, int], None]
_PAGE = 600
"""Pixels that the widest page needs with its margins."""


class _Progress(QObject):
    """Carries progress from the thread that works to the page."""

    stepped = Signal(int, int)


class Entrance(QWidget):
    """Emits `opened(App)`. Everything blocking goes through the runner."""

    opened = Signal(object)

    def __init__(
        self, practices: "Practices", machine: MachineSettings, runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._practices, self._machine, self._runner = practices, machine, runner
        self._pages = QStackedWidget()
        self.waiting: App | None = None
        """Open already, while the person still looks at the recovery key."""
        self._art = EntryArt()
        box = row(self._art, self._pages, spacing=0)
        box.setStretch(1, 1)
        self.setLayout(box)
        self._server_way: ServerWay | None = None
        self._clock_taken = False
        self.setAcceptDrops(True)
        # As in the workspace, whose own key counts there.
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(lambda: self.window().close())
        current_theme().changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The picture gives way where a page would have too little room beside it."""
        self._art.setVisible(self.width() - self._art.sizeHint().width() >= current_theme().px(_PAGE))

    @property
    def page(self) -> EntryPage:
        """The page on screen."""
        page = self._pages.currentWidget()
        assert isinstance(page, EntryPage)  # noqa: S101 - there is one from `begin` on
        return page

    def begin(self) -> None:
        """Sign-in where a practice is known, else the welcome; a clock that must be wrong comes first."""
        self._mind_clock(None, self._first_page)

    def _first_page(self) -> None:
        known = self._practices.known()
        if known:
            self.sign_in(known[0])
        else:
            self.welcome()
        if lacks_fonts():
            self.page.add_below(row(FactRow("languages", fonts_note())))

    # --- pages ----------------------------------------------------------------------------------
    def welcome(self) -> None:
        page = WelcomePage(practice_known=bool(self._practices.known()))
        page.demo.connect(lambda: self._open_demo(page))
        page.new_practice.connect(self.new_practice)
        page.join.connect(lambda: self.server.join())  # noqa: PLW0108 - loaded only then
        page.sign_in.connect(self.begin)
        self.show_page(page)

    def new_practice(self) -> None:
        page = NewPracticePage()
        page.submitted.connect(lambda command: self._start(page, self._create(page, command)))
        page.cancelled.connect(self.welcome)
        self.show_page(page)

    @property
    def server(self) -> "ServerWay":
        """The pages for practices on a server, loaded when the first one is wanted."""
        if self._server_way is None:
            from avenrae_desktop.shell.entry.server.way import ServerWay

            self._server_way = ServerWay(self, self._practices.servers, self._runner, self._pages)
        return self._server_way

    def sign_in(self, place: "Place | ServerPlace") -> None:
        if is_server(place):
            self.server.sign_in(place)
        else:
            self._sign_in_to_file(place)

    def others_than(self, place: "Place | ServerPlace") -> "tuple[Place | ServerPlace, ...]":
        """The other practices that are known here."""
        mine = _file_of(place)
        return tuple(other for other in self._practices.known() if _file_of(other) != mine)

    def _sign_in_to_file(self, place: "Place") -> None:
        try:
            people = self._practices.people(place)
        except AppError as error:
            self._fault(error, place.folder, lambda: self.sign_in(place))
            return
        page = SignInPage(place, self.others_than(place), people, self._machine.get(LAST_SIGN_IN_NAME))
        page.submitted.connect(lambda name, password: self._sign_in(page, place, name, password))
        page.recover.connect(lambda: self._recover_page(place, page.person.value() or ""))
        page.elsewhere.connect(self.welcome)
        page.another.connect(self.sign_in)
        self.show_page(page)

    def _recover_page(self, place: "Place", person: str) -> None:
        page = RecoverPage(place.practice_name, self._practices.people(place), person)
        page.submitted.connect(
            lambda key, name, password: self._start(page, self._recover(page, place, key, name, password))
        )
        page.cancelled.connect(lambda: self.sign_in(place))
        self.show_page(page)

    def _fault(self, error: AppError, folder: Path | None, again: Callable[[], None]) -> None:
        page = FaultPage(error, folder)
        page.again.connect(again)
        page.elsewhere.connect(self.welcome)
        if folder is not None:
            page.show_folder.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(nearest(folder)))))
        self.show_page(page)

    def show_page(self, page: EntryPage) -> None:
        """Put a page on screen; the one before goes for good unless it is `kept`."""
        old = self._pages.currentWidget()
        if old is page:
            return
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        first = page.first()
        if first is not None:
            first.setFocus()
        if isinstance(old, EntryPage):
            self._pages.removeWidget(old)
            if not old.kept:
                old.deleteLater()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._takes_file() and dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()
            self.page.show_file_over(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.page.show_file_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.page.show_file_over(False)
        file = dropped_file(event.mimeData())
        if file is not None and self._takes_file():
            event.acceptProposedAction()
            self.server.join(file)

    def _takes_file(self) -> bool:
        return self.page.takes_file and not self.page.is_busy

    # --- what the pages ask for -----------------------------------------------------------------
    def _start(self, page: EntryPage, coro: Coroutine[Any, Any, None]) -> None:
        self._runner.start(self._carried_out(page, coro), page)

    async def _carried_out(self, page: EntryPage, coro: Coroutine[Any, Any, None]) -> None:
        """Whatever goes wrong, the page can be used again."""
        from avenrae_desktop.shell.unfit.parts import telling_missing_parts

        try:
            with telling_missing_parts():
                await coro
        except Exception as error:
            if page is self._pages.currentWidget():
                page.set_busy(None)
            if not isinstance(error, AppError):
                raise
            self._fault(error, None, self.begin)

    def _open_demo(self, page: EntryPage) -> None:
        self._start(page, self._demo(page))

    def _sign_in(self, page: SignInPage, place: "Place", name: str, password: str) -> None:
        self._start(page, self._open(page, place, name, password))

    async def _demo(self, page: EntryPage) -> None:
        page.set_busy(self.tr("Opening the demo practice…"))
        try:
            app = await self._runner.ask(self._practices.open_demo, self.progress(page))
        except AppError as error:
            page.set_busy(None)
            self._fault(error, None, self.welcome)
        else:
            self.opened.emit(app)

    async def _create(self, page: NewPracticePage, command: CreatePractice) -> None:
        page.set_busy(self.tr("Making your practice and its keys…"))
        try:
            app, key = await self._runner.ask(self._practices.create, command, self.progress(page))
        except AppError as error:
            page.set_busy(None)
            page.show_error(error)
            return
        self._remember(command.sign_in_name)
        self.waiting = app
        keep = RecoveryKeyPage(app.place.practice_name, key, self._runner)
        keep.stored.connect(lambda: self._hand_over(app))
        self.show_page(keep)

    async def _open(self, page: SignInPage, place: "Place", name: str, password: str) -> None:
        page.clear_errors()
        page.set_busy(self.tr("Opening…"))
        try:
            app = await self._runner.ask(self._practices.open, place, name, password)
        except Unavailable as error:
            self._fault(error, place.folder, lambda: self.sign_in(place))
        except AppError as error:
            page.set_busy(None)
            page.show_error(error)
        else:
            self._enter(app, name)

    async def _recover(self, page: RecoverPage, place: "Place", key: str, name: str, password: str) -> None:
        page.set_busy(self.tr("Opening…"))
        try:
            app = await self._runner.ask(self._practices.recover, place, key, name, password)
        except Unavailable as error:
            self._fault(error, place.folder, lambda: self.sign_in(place))
        except AppError as error:
            page.set_busy(None)
            page.show_error(error)
        else:
            self._enter(app, name)

    def _hand_over(self, app: "App") -> None:
        self.waiting = None
        self.opened.emit(app)

    def _enter(self, app: "FileApp", name: str) -> None:
        self._remember(name)
        self.waiting = app
        self._mind_clock(app.place.last_entry, lambda: self._hand_over(app))

    def _mind_clock(self, last_entry: datetime | None, go_on: Callable[[], None]) -> None:
        """Go on at once, or after the person has seen that this computer's clock cannot be right."""
        doubt = None if self._clock_taken else self._practices.clock_doubt(last_entry)
        if doubt is None:
            go_on()
            return

        def take() -> None:
            self._clock_taken = True
            go_on()

        page = ClockPage(doubt)
        page.again.connect(lambda: self._mind_clock(last_entry, go_on))
        page.anyway.connect(take)
        self.show_page(page)

    def _remember(self, name: str) -> None:
        try:
            self._machine.set(LAST_SIGN_IN_NAME, name)
        except Unavailable:
            # Next time the name is chosen by hand; that is no reason to keep somebody out now.
            return

    def progress(self, page: EntryPage) -> Progress:
        """What a thread may call to tell the page how far it has come."""
        carrier = _Progress(page)
        carrier.stepped.connect(page.set_progress)

        def step(done: int, of: int) -> None:
            try:
                carrier.stepped.emit(done, of)
            except RuntimeError:
                # The page is gone: the program is closing.
                return

        return step


def nearest(folder: Path) -> Path:
    """The folder, or what is left of the way to it where it is gone."""
    return next(each for each in (folder, *folder.parents) if each.is_dir())


def dropped_file(carried: QMimeData) -> Path | None:
    """The one enrolment file that is being dropped; None for anything else."""
    files = [Path(url.toLocalFile()) for url in carried.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 and files[0].suffix.casefold() == ENROLMENT_SUFFIX else None


def _file_of(place: "Place | ServerPlace") -> Path:
    return place.file if is_server(place) else place.folder
