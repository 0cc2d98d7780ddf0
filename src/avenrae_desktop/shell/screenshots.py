"""`avenrae screenshots DIR`: every screen of the demo practice, light and dark, as PNG files; needs no display."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QMessageLogContext, QSize, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from avenrae_desktop.areas.calendar.panel import CalendarPanel
from avenrae_desktop.areas.clients.dialogs import ClientDialog
from avenrae_desktop.areas.clients.dialogs.form import NAMES
from avenrae_desktop.areas.clients.domain import EditClient
from avenrae_desktop.areas.clients.panel import ClientsPanel
from avenrae_desktop.areas.reports.panel import ReportsPanel
from avenrae_desktop.areas.services.panel import ServicesPanel
from avenrae_desktop.kernel.changes import Changes, Touched
from avenrae_desktop.kernel.clock_doubt import doubt_of
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.qtkit.garbage import ScreenGarbage
from avenrae_desktop.qtkit.runner import Runner, run_app
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.settings.machine import MachineSettings
from avenrae_desktop.settings.paths import Paths, paths_under
from avenrae_desktop.shell.entry.clock import ClockPage
from avenrae_desktop.shell.entry.new_practice import NewPracticePage
from avenrae_desktop.shell.entry.recovery_key import RecoveryKeyPage
from avenrae_desktop.shell.entry.sign_in import SignInPage
from avenrae_desktop.shell.habits import settle_habits
from avenrae_desktop.shell.open_dialog import open_dialog
from avenrae_desktop.shell.preferences.account import AccountSection
from avenrae_desktop.shell.preferences.code_dialogs import HOURS, CodeDialog, Invitation
from avenrae_desktop.shell.preferences.page import SettingsPage
from avenrae_desktop.shell.program import Program
from avenrae_desktop.shell.screenshots_dialogs import seldom_dialogs
from avenrae_desktop.shell.screenshots_life import life_dialogs
from avenrae_desktop.shell.screenshots_servers import server_pages
from avenrae_desktop.shell.window import MainWindow
from avenrae_desktop.shell.window_place import WindowPlace
from avenrae_desktop.shell.workspace.workspace import Workspace

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App, Practices

_USUAL, _LARGE = QSize(1280, 720), QSize(1920, 1080)
_PASSWORD = "four calm words here"  # noqa: S105 - of a practice that lives for a minute
_PATIENCE_S = 10.0


def run_screenshots(
    folder: Path, make_practices: Callable[[Paths], "Practices"], make_camera: "MakeCamera | None" = None
) -> int:
    """Write the pictures into the folder and print their names; 0 when all are there. Another camera may look
    at the screens in its own way, on an offscreen platform with settings of its own.
    """
    if not os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen:"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(_qt_said)
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="avenrae-") as home:
        try:
            return run_app(app, _main(app, Path(home), folder, make_practices, make_camera or Camera))
        finally:
            # Qt still speaks while the interpreter ends; nobody of ours is there to listen then.
            qInstallMessageHandler(None)


async def _main(
    app: QApplication,
    home: Path,
    folder: Path,
    make_practices: Callable[[Paths], "Practices"],
    make_camera: "MakeCamera",
) -> int:
    settle_habits()
    paths = paths_under(home)
    theme = Theme("light")
    theme.apply(app)
    window = MainWindow(WindowPlace(paths.config / "window.ini"))
    runner = Runner(window)
    practices = make_practices(paths)
    program = Program(window, runner, theme, practices, MachineSettings(paths.machine_settings))
    garbage = ScreenGarbage(window)
    garbage.start()
    failures: list[BaseException] = []
    runner.failed.connect(failures.append)
    window.resize(_USUAL)
    camera = make_camera(window, runner, theme, folder)
    window.show()
    await _coming_in(camera, program, practices)
    for name, page in server_pages(practices, runner):
        program.entrance.show_page(page)
        await camera.take(name)
    program.enter(await runner.ask(practices.open_demo))
    assert program.workspace is not None  # noqa: S101 - entered a line above
    await _at_work(camera, program, program.workspace)
    runner.close()
    program.close()
    garbage.stop()
    # The window goes before the application does, while there is still a loop to do it in.
    window.close()
    window.deleteLater()
    await asyncio.sleep(0.05)
    for failure in failures:
        sys.stderr.write(f"{failure!r}\n")
    return 1 if failures else 0


def _qt_said(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    # The platform without a screen says of every window that it cannot fix its size.
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")


class Camera:
    """Takes each picture twice, light and dark, once everything has come to rest."""

    def __init__(self, window: MainWindow, runner: Runner, theme: Theme, folder: Path) -> None:
        self.window, self.theme, self.runner = window, theme, runner
        self._folder = folder

    async def take(self, name: str, size: QSize = _USUAL) -> None:
        """Write NAME-light.png and NAME-dark.png."""
        self.window.resize(size)
        for mode in ("light", "dark"):
            self.theme.mode = mode
            await self.rest()
            self.keep(f"{name}-{mode}")

    def keep(self, name: str) -> None:
        """Write NAME.png. Raises OSError when it cannot be written."""
        file = self._folder / f"{name}.png"
        if not self._picture().save(str(file)):
            raise OSError(f"{file} cannot be written")
        sys.stdout.write(f"{file}\n")

    async def rest(self) -> None:
        """Wait until nothing is being read or laid out any more."""
        await self.until(lambda: not self.runner.busy)
        for _ in range(8):
            await asyncio.sleep(0.01)
        await self.until(lambda: not self.runner.busy)

    async def until(self, holds: Callable[[], object]) -> None:
        """Raises TimeoutError when it does not come to hold."""

        async def wait() -> None:
            while not holds():  # noqa: ASYNC110 - any state of any widget may be waited for
                await asyncio.sleep(0.01)

        await asyncio.wait_for(wait(), _PATIENCE_S)

    async def change(self, record: tuple[str, UUID]) -> None:
        """Let the screens hear that it changed at another desk."""
        self.runner.changed.emit(Changes((Touched(*record),)), None)
        await self.rest()

    async def dialog(self) -> QDialog:
        """The dialog that is about to open."""
        await self.until(_dialogs)
        return _dialogs()[0]

    def _picture(self) -> QPixmap:
        picture = self.window.grab()
        dialogs = _dialogs()
        if dialogs:
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
            for dialog in dialogs:
                shot = dialog.grab()
                left = (picture.width() - shot.width()) // 2
                top = max(0, (picture.height() - shot.height()) // 2)
                painter.drawPixmap(left, top, shot)
            painter.end()
        return picture


MakeCamera = Callable[[MainWindow, Runner, Theme, Path], Camera]


def _dialogs() -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


async def _coming_in(camera: Camera, program: Program, practices: "Practices") -> None:
    entrance = program.entrance
    program.begin()
    await camera.take("welcome")
    entrance.new_practice()
    page = entrance.page
    assert isinstance(page, NewPracticePage)  # noqa: S101
    page.practice_name.setText("Lindenhof Practice")
    page.first_name.setText("Mira")
    page.last_name.setText("Voss")
    page.zone.set_value("Europe/Zurich")
    page.password.setText(_PASSWORD)
    page.again.setText(_PASSWORD)
    await camera.take("new-practice")
    page.go.click()
    await camera.until(lambda: isinstance(entrance.page, RecoveryKeyPage))
    await camera.take("recovery-key")
    key_page = entrance.page
    assert isinstance(key_page, RecoveryKeyPage)  # noqa: S101
    key_page.agreed.setChecked(True)
    key_page.go.click()
    await camera.until(lambda: program.workspace is not None)
    await camera.take("empty-practice")
    program.sign_out()
    entrance = program.entrance
    await camera.take("sign-in")
    sign_in = entrance.page
    assert isinstance(sign_in, SignInPage)  # noqa: S101
    sign_in.password.setText("not this one")
    sign_in.go.click()
    await camera.until(sign_in.error_text)
    await camera.take("sign-in-refused")
    sign_in.recover.emit()
    await camera.take("recover")
    keys = practices.known()[0].keys  # type: ignore[union-attr]  # it was made here
    keys.rename(keys.with_suffix(".aside"))
    entrance.begin()
    await camera.take("fault")
    doubt = doubt_of(datetime(1970, 1, 1, 0, 2, tzinfo=UTC))
    assert doubt is not None  # noqa: S101 - nobody had this program then
    entrance.show_page(ClockPage(doubt))
    await camera.take("clock")


async def _at_work(camera: Camera, program: Program, work: Workspace) -> None:
    calendar, clients = work.panel("calendar"), work.panel("clients")
    assert isinstance(calendar, CalendarPanel)  # noqa: S101
    assert isinstance(clients, ClientsPanel)  # noqa: S101
    await camera.take("calendar-week")
    await camera.take("calendar-week-large", _LARGE)
    calendar.view.setFocus()
    calendar.view.setCurrentIndex(calendar.view.model().index(3, 0))
    await camera.take("calendar-booking")
    calendar.set_healer(None)
    calendar.set_mode("day")
    await camera.take("calendar-day")
    await camera.take("calendar-day-large", _LARGE)
    await _dialog(camera, work.new_booking, "booking-dialog")
    await _dialog(camera, work.edit_hours, "hours-dialog")
    await _dialog(camera, work.edit_time_off, "time-off-dialog")
    assert program.app is not None  # noqa: S101 - as above
    await _clients(camera, program.app, work, clients)
    await _services(camera, work)
    await _reports(camera, work)
    await _settings(camera, work)
    await seldom_dialogs(camera, program.app, work)
    await life_dialogs(camera, program)
    work.go("calendar")
    work.top.commands.begin()
    work.top.commands.setText("ma")
    await camera.take("command-bar")
    work.top.commands.clear()
    work.top.commands.leave()
    work.go("keys")
    await camera.take("keys")
    assert program.keeper is not None  # noqa: S101 - there is one for every session
    program.keeper.lock()
    await camera.take("lock")


async def _clients(camera: Camera, app: "App", work: Workspace, clients: ClientsPanel) -> None:
    work.go("clients")
    await camera.rest()
    clients.table.setFocus(Qt.FocusReason.OtherFocusReason)
    clients.table.selectRow(2)
    await camera.take("clients")
    await _dialog(camera, clients.edit_client, "client-dialog")
    await _newer_client(camera, app, clients)


async def _newer_client(camera: Camera, app: "App", clients: ClientsPanel) -> None:
    """Somebody else saves a client while one types."""
    clients.edit_client()
    dialog = await camera.dialog()
    assert isinstance(dialog, ClientDialog)  # noqa: S101
    assert dialog.newer is not None  # noqa: S101 - the client is there already
    await camera.rest()
    detail = clients.pane.detail
    assert detail is not None  # noqa: S101
    dialog.form.note.setPlainText("Prefers mornings; brings her own mat.")
    values = {field: getattr(detail, field) for field in NAMES} | {
        "note": "Allergic to lavender oil.",
        "phone": "+41 44 555 01 23",
    }
    app.do(EditClient(client=detail.uuid, version=detail.version, **values))
    await camera.change(("client", detail.uuid))
    await camera.until(dialog.newer.isVisible)
    await camera.take("client-newer")
    dialog.discard()
    await camera.rest()


async def _services(camera: Camera, work: Workspace) -> None:
    work.go("services")
    services = work.panel("services")
    assert isinstance(services, ServicesPanel)  # noqa: S101
    await camera.rest()
    services.table.setFocus(Qt.FocusReason.OtherFocusReason)
    services.table.selectRow(1)
    await camera.take("services")
    await _dialog(camera, services.edit_service, "service-dialog")


async def _reports(camera: Camera, work: Workspace) -> None:
    work.go("reports")
    reports = work.panel("reports")
    assert isinstance(reports, ReportsPanel)  # noqa: S101
    await camera.until(reports.save.isEnabled)
    await camera.take("reports")


async def _settings(camera: Camera, work: Workspace) -> None:
    work.go("settings")
    page = work.panel("settings")
    assert isinstance(page, SettingsPage)  # noqa: S101
    for key in page.sections:
        page.show_section(key)
        await camera.take(f"settings-{key}")
    account = page.sections["account"]
    assert isinstance(account, AccountSection)  # noqa: S101
    page.show_section("account")
    await _dialog(camera, account.edit.click, "myself-dialog")
    await _dialog(camera, lambda: _show_code(camera, work), "code-dialog")


def _show_code(camera: Camera, work: Workspace) -> None:
    invitation = Invitation("Jana Marti", "jana", "Kd7m-Wq3x-Tz9p-Hf4n", utc_now() + timedelta(hours=HOURS))
    dialog = CodeDialog(invitation, "Lindenhof Practice", camera.runner, work)
    camera.runner.start(open_dialog(dialog), work)


async def _dialog(camera: Camera, begin: Callable[[], object], name: str) -> None:
    """Open a dialog, take its picture, close it."""
    begin()
    dialog = await camera.dialog()
    await camera.take(name)
    dialog.done(QDialog.DialogCode.Rejected)
    await camera.rest()
