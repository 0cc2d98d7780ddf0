"""The window of somebody who is signed in: places, command bar, undo, size."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from avenrae_desktop.areas.accounts.domain import ChangeSettings
from avenrae_desktop.areas.calendar.dialogs import BookingDialog
from avenrae_desktop.areas.calendar.panel import CalendarPanel
from avenrae_desktop.areas.clients.panel import ClientsPanel
from avenrae_desktop.bootstrap import App, Practices
from avenrae_desktop.settings.machine import THEME, ZOOM, MachineSettings
from avenrae_desktop.settings.paths import Paths
from avenrae_desktop.shell.program import Program
from avenrae_desktop.shell.workspace.finder import Hit
from tests.shell.hands import CTRL, Hands, dialogs
from tests.shell.test_way_in import PASSWORD, lindenhof
from tests.support.qt import InLoop


def titles(hands: Hands, group: str) -> list[str]:
    rows = hands.work.top.commands.model.rows
    return [row.title for row in rows if isinstance(row, Hit) and row.group == group]


def test_ctrl_and_a_number_go_from_place_to_place(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        for number, key in ((Qt.Key.Key_2, "clients"), (Qt.Key.Key_3, "services"), (Qt.Key.Key_1, "calendar")):
            await hands.key(number, CTRL)
            assert hands.work.key == key
            assert hands.work.rail.places[key].isChecked()
        await hands.key(Qt.Key.Key_F1)
        assert hands.work.key == "keys"
        assert not any(button.isChecked() for button in hands.work.rail.places.values())

    in_loop(run())


def test_the_command_bar_finds_clients_and_opens_them(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        bar = hands.work.top.commands
        await hands.key(Qt.Key.Key_K, CTRL)
        assert bar.hasFocus()
        assert "New booking" in titles(hands, "Actions")
        await hands.type("marco ro")
        await hands.until(lambda: titles(hands, "Clients") == ["Marco Rossi"])
        assert set(titles(hands, "Bookings")) <= {"Marco Rossi"}
        await hands.key(Qt.Key.Key_Return)
        assert hands.work.key == "clients"
        assert not bar.popup.isVisible()
        assert bar.text() == ""
        panel = hands.work.panel("clients")
        assert isinstance(panel, ClientsPanel)
        await hands.until(lambda: panel.pane.detail is not None)
        assert panel.pane.detail is not None
        assert panel.pane.detail.name == "Marco Rossi"

    in_loop(run())


def test_the_command_bar_opens_bookings_and_runs_actions(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        bar = hands.work.top.commands
        await hands.key(Qt.Key.Key_2, CTRL)
        await hands.key(Qt.Key.Key_K, CTRL)
        await hands.type("rossi")
        await hands.until(lambda: titles(hands, "Bookings"))
        while bar.model.data(bar.list.currentIndex(), Qt.ItemDataRole.UserRole).group != "Bookings":
            await hands.key(Qt.Key.Key_Down)
        await hands.key(Qt.Key.Key_Return)
        assert hands.work.key == "calendar"
        calendar = hands.work.panel("calendar")
        assert isinstance(calendar, CalendarPanel)
        await hands.until(lambda: calendar.pane.detail is not None)
        assert calendar.pane.detail is not None
        assert calendar.pane.detail.row.client_name == "Marco Rossi"
        await hands.key(Qt.Key.Key_K, CTRL)
        await hands.type("settings")
        await hands.until(lambda: titles(hands, "Actions") == ["Settings"])
        await hands.key(Qt.Key.Key_Return)
        assert hands.work.key == "settings"

    in_loop(run())


def test_escape_leaves_the_command_bar_for_where_one_was(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        await hands.key(Qt.Key.Key_2, CTRL)
        before = QApplication.focusWidget()
        await hands.key(Qt.Key.Key_K, CTRL)
        await hands.type("%_<img src=x>")
        await hands.until(hands.work.top.commands._nothing.isVisible)
        await hands.key(Qt.Key.Key_Escape)
        await hands.key(Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is before
        assert not hands.work.top.commands.popup.isVisible()

    in_loop(run())


def test_a_change_is_told_and_taken_back(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        runner, bar = hands.program._runner, hands.program.window.bar
        await runner.do(ChangeSettings(values=(("practice_name", "Another name"),)))
        await hands.until(lambda: "Settings saved" in bar.text())
        await hands.until(lambda: "Another name" in hands.work.status._practice.text())
        assert "saved" in hands.work.status.saved.text()
        await hands.key(Qt.Key.Key_Z, CTRL)
        await hands.until(lambda: "Taken back" in bar.text())
        assert "Demo practice" in hands.work.status._practice.text()
        assert demo.settings().practice_name == "Demo practice"

    in_loop(run())


def test_what_cannot_be_taken_back_says_why(program: Program, hands: Hands, in_loop: InLoop, paths: Paths) -> None:
    lindenhof(paths)

    async def run() -> None:
        program.window.show()
        program.window.activateWindow()
        practices = Practices(paths)
        program.enter(await asyncio.to_thread(practices.open, practices.known()[0], "mira", PASSWORD))
        await hands.rest()
        await hands.key(Qt.Key.Key_Z, CTRL)
        await hands.until(program.window.bar.text)
        assert "Nothing to undo" in program.window.bar.text()
        assert "Undo takes back your own last change" in program.window.bar.text()

    in_loop(run())


def test_ctrl_b_books_from_anywhere(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        await hands.key(Qt.Key.Key_2, CTRL)
        await hands.key(Qt.Key.Key_B, CTRL)
        dialog = await hands.dialog()
        assert isinstance(dialog, BookingDialog)
        dialog.done(0)
        await hands.rest()

    in_loop(run())


def test_size_and_theme_are_changed_by_key_and_remembered(
    demo: App, hands: Hands, in_loop: InLoop, paths: Paths
) -> None:
    async def run() -> None:
        theme = hands.work.look.theme
        await hands.key(Qt.Key.Key_Plus, CTRL)
        assert theme.zoom == 1.1
        await hands.key(Qt.Key.Key_Minus, CTRL)
        await hands.key(Qt.Key.Key_Minus, CTRL)
        assert theme.zoom == 0.9
        assert MachineSettings(paths.machine_settings).get(ZOOM) == 0.9
        await hands.key(Qt.Key.Key_0, CTRL)
        assert theme.zoom == 1.0
        await hands.key(Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
        assert theme.dark
        assert MachineSettings(paths.machine_settings).get(THEME) == "dark"

    in_loop(run())


def test_it_fits_into_a_small_screen(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        window = hands.program.window
        for key in ("calendar", "clients", "services", "settings", "keys"):
            hands.work.go(key)
            window.resize(1024, 600)
            await hands.rest()
            assert (window.width(), window.height()) == (1024, 600), key

    in_loop(run())


def test_every_listed_action_has_a_key_of_its_own(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        hands.work.go("keys")
        used: dict[tuple[str, str], QAction] = {}
        for each in hands.work.actions_list.all():
            for key in filter(None, each.keys.split(", ")):
                scope = each.group if each.group in ("Calendar", "Clients", "Services") else "window"
                clash = used.setdefault((scope, key), each.action)
                assert clash is each.action, (key, clash.text(), each.text)

    in_loop(run())


def test_the_demo_can_be_thrown_away(demo: App, hands: Hands, in_loop: InLoop, paths: Paths) -> None:
    async def run() -> None:
        assert paths.demo.exists()
        hands.work.status.end.click()
        notice = await hands.dialog()
        assert "Throw away the demo practice?" in notice.windowTitle()
        notice.accept()
        await hands.until(lambda: not paths.demo.exists())
        assert hands.program.workspace is None
        # Looked up anew each time: throwing the demo away makes another way in.
        await hands.until(lambda: hands.program.entrance.isVisible())  # noqa: PLW0108

    in_loop(run())


def test_ctrl_k_works_in_a_text_field_too(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        await hands.key(Qt.Key.Key_2, CTRL)
        clients = hands.work.panel("clients")
        assert isinstance(clients, ClientsPanel)
        await hands.until(clients.search.hasFocus)
        await hands.type("rossi")
        await hands.key(Qt.Key.Key_Home)
        await hands.key(Qt.Key.Key_K, CTRL)
        assert hands.work.top.commands.hasFocus()
        assert clients.search.text() == "rossi"

    in_loop(run())


def test_the_letters_typed_into_the_command_bar_do_nothing_else(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        await hands.key(Qt.Key.Key_K, CTRL)
        await hands.type("ndwthox")
        assert hands.work.top.commands.text() == "ndwthox"
        assert dialogs() == []
        assert hands.work.key == "calendar"

    in_loop(run())


def test_closing_ends_a_query_that_would_never_end(demo: App, hands: Hands, in_loop: InLoop) -> None:
    def endless() -> None:
        with demo._engine.connect() as connection:
            connection.exec_driver_sql(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
            )

    async def run() -> None:
        runner = hands.program._runner
        runner.start(runner.ask(endless), hands.program)
        await hands.until(lambda: demo._busy)
        runner.close()
        hands.program.close()
        assert not demo._busy

    in_loop(run())
