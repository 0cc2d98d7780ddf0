"""The practice's backups: since when there is a good one, making one, testing and restoring those there are."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.time import Clock, utc_now
from avenrae_desktop.qtkit.dialogs import confirm
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import Banner, Button, Divider, Pill, PlainLabel, announce, column, name, row
from avenrae_desktop.shell.open_dialog import open_dialog
from avenrae_desktop.shell.preferences.backups_dialogs import RecoveryKeyDialog, SetUpBackupsDialog
from avenrae_desktop.shell.preferences.backups_words import age_text, last_good_text, size_text, step_text
from avenrae_desktop.shell.preferences.person_words import when_text
from avenrae_desktop.shell.preferences.section import SettingsSection, setting_row

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App
    from avenrae_desktop.bootstrap.backup.backups import Backups, BackupState
    from avenrae_desktop.bootstrap.backup.shelf import Kept

_PARTS = 1000


class BackupsSection(SettingsSection):
    """For administrators. The work goes on while they do something else; one thing at a time."""

    _told = Signal(str, int, int)

    def __init__(self, app: "App", runner: Runner, title: str, clock: Clock = utc_now) -> None:
        lead = QCoreApplication.translate(
            "Backups",
            "Each backup is encrypted, restored for a moment and compared row by row before it counts. Kept are"
            " those of 12 days, 10 weeks and 9 months.",
        )
        super().__init__(title, lead)
        self._app, self._runner, self._clock = app, runner, clock
        self.state: BackupState | None = None
        self._at_work = False
        self.banner = Banner("danger")
        self.box.addWidget(self.banner)
        self._build_status()
        self._build_folder()
        self._kept = self.card(self.tr("Kept backups"))
        self._lines: list[QWidget] = []
        self._told.connect(self._on_told)
        self._show_work(None)

    def _build_status(self) -> None:
        card = self.card("")
        self.last = PlainLabel("", "heading", wrap=True)
        self.pill = Pill()
        self.make = Button(self.tr("&Back up now"), "primary", icon="shield-check")
        self.set_up = Button(self.tr("&Set up…"), "primary", icon="key-round")
        self.make.clicked.connect(self.back_up)
        self.set_up.clicked.connect(lambda: self._runner.start(self._set_up(), self))
        line = row(spacing=10)
        line.addLayout(column(self.last, row(self.pill, None), spacing=6), 1)
        line.addWidget(self.set_up)
        line.addWidget(self.make)
        card.box.addLayout(line)
        self.doing = PlainLabel("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        name(self.bar, self.tr("Progress"))
        self.stop = Button(self.tr("S&top"))
        self.stop.clicked.connect(lambda: self._backups().stop())
        self.work = QWidget()
        work = row(column(self.doing, self.bar, spacing=6), self.stop, spacing=12)
        work.setStretch(0, 1)
        self.work.setLayout(work)
        card.box.addWidget(self.work)

    def _build_folder(self) -> None:
        card = self.card("")
        self.choose = Button(self.tr("&Choose another…"), icon="folder-open")
        self.choose.clicked.connect(lambda: self._runner.start(self._choose(), self))
        detail = self.tr("Better on another disk or a stick: what stands beside the practice is lost with it.")
        card.box.addWidget(setting_row(self.tr("Folder for backups"), detail, self.choose))
        self.folder = PlainLabel("", "small", wrap=True, selectable=True)
        card.box.addWidget(self.folder)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._runner.start(self.reload(), self)

    async def reload(self) -> None:
        """Show what is there now."""
        self.state = await self._runner.ask(lambda: self._backups().state(), key=("backups", id(self)))
        self._show()

    def _backups(self) -> "Backups":
        """First asked for off the screen's thread: that loads what only backups need."""
        backups = self._app.backups
        assert backups is not None  # noqa: S101 - the page is there for those who may
        return backups

    # --- what is shown ---------------------------------------------------------------------------
    def _show(self) -> None:
        state, now = self.state, self._clock()
        if state is None:
            return
        last = state.last_good
        self.last.setText(last_good_text(last, now))
        if last is None:
            self.pill.set(self.tr("no good backup"), "danger", "triangle-alert")
        elif state.overdue:
            self.pill.set(age_text(last, now), "danger", "triangle-alert")
        else:
            self.pill.set(self.tr("read back and compared"), "positive", "circle-check")
        self.set_up.setVisible(state.needs_set_up)
        self.make.setVisible(not state.needs_set_up)
        self.folder.setText(str(state.folder))
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        for number, kept in enumerate(state.kept):
            if number:
                self._put(Divider())
            self._put(self._line(kept))
        if not state.kept:
            self._put(PlainLabel(self.tr("Nothing yet."), "muted"))

    def _put(self, widget: QWidget) -> None:
        self._lines.append(widget)
        self._kept.box.addWidget(widget)

    def _line(self, kept: "Kept") -> QWidget:
        when = when_text(kept.made_at, self._clock())
        test, restore = Button(self.tr("Test")), Button(self.tr("Restore…"))
        test.setAccessibleName(self.tr("Test the backup of {when}").format(when=when))
        restore.setAccessibleName(self.tr("Restore the backup of {when}").format(when=when))
        test.clicked.connect(lambda: self._runner.start(self._test(kept.path, when), self))
        restore.clicked.connect(lambda: self._runner.start(self._restore(kept.path, when), self))
        for button in (test, restore):
            button.setEnabled(not self._at_work)
        restore.setVisible(self._app.server is None)
        words = column(PlainLabel(when, "strong"), PlainLabel(size_text(kept.size), "small"), spacing=1)
        line = QWidget()
        box = row(spacing=8)
        box.addLayout(words, 1)
        box.addWidget(test)
        box.addWidget(restore)
        line.setLayout(box)
        return line

    def _on_told(self, step: str, done: int, of: int) -> None:
        if self._at_work:
            self.doing.setText(step_text(step, done, of))
            self.bar.setRange(0, _PARTS if of else 0)
            self.bar.setValue(done * _PARTS // of if of else 0)

    def _show_work(self, text: str | None) -> None:
        self._at_work = text is not None
        self.work.setVisible(self._at_work)
        self.doing.setText(text or "")
        self.bar.setRange(0, 0)
        for button in (self.make, self.set_up, self.choose):
            button.setEnabled(not self._at_work)
        self._show()

    # --- what is done ----------------------------------------------------------------------------
    def back_up(self) -> None:
        """Make one now, unless one is under way."""
        if not self._at_work:
            self._runner.start(self._make(), self)

    async def _make(self) -> None:
        await self._worked(
            lambda told: self._backups().make(told),
            self.tr("Backed up"),
            self.tr("It was read back and compared."),
        )

    async def _test(self, path: Path, when: str) -> None:
        title = self.tr("The backup of {when} is whole").format(when=when)
        await self._worked(lambda told: self._backups().check(path, told), title)

    async def _restore(self, path: Path, when: str) -> None:
        title = self.tr("Restore the backup of {when}?").format(when=when)
        text = self.tr(
            "A second practice is made of it, in a new folder. The one that you work in stays as it is: you find"
            " both in the list when you sign out."
        )
        if not await confirm(self.window(), title, text, self.tr("Restore")):
            return
        done = self.tr("Restored into a new practice")
        advice = self.tr("It is in the list of practices when you sign out. Its password is the one of that day.")
        await self._worked(lambda told: self._backups().restore(path, told), done, advice)

    async def _worked(self, work: Callable[[Any], object], title: str, text: str = "") -> None:
        """Do it beside everything else, and say how it ended."""
        self.banner.clear()
        self._show_work(self.tr("Beginning …"))
        try:
            made = await self._runner.ask(work, self._tell)
        except AppError as error:
            self.banner.show_error(error)
        else:
            shown = str(made) if isinstance(made, Path) else ""
            self.banner.tell(title, text, shown, tone="positive")
            announce(self, title)
        finally:
            self._show_work(None)
        await self.reload()

    def _tell(self, step: str, done: int, of: int) -> None:
        """From the thread that works."""
        self._told.emit(step, done, of)

    async def _set_up(self) -> None:
        backups: Any = self._backups()
        practice = self._app.settings().practice_name
        dialog = SetUpBackupsDialog(backups, practice, self._runner, self.window())
        if await open_dialog(dialog):
            await open_dialog(RecoveryKeyDialog(practice, dialog.recovery_key, self._runner, self.window()))
            await self.reload()

    async def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a folder for backups"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        if not await open_dialog(dialog):
            return
        try:
            await self._runner.ask(self._backups().choose_folder, Path(dialog.selectedFiles()[0]))
        except AppError as error:
            self.banner.show_error(error)
        await self.reload()
