"""Everything that can have the keyboard has a name, on every page, and Tab comes round."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QScrollBar, QWidget

from avenrae_desktop.areas.accounts.codes import new_code
from avenrae_desktop.areas.accounts.problems import DISABLED
from avenrae_desktop.bootstrap import App
from avenrae_desktop.bootstrap.places import ALREADY_OPEN, KeyHolder
from avenrae_desktop.kernel.errors import NotAllowed, Unavailable
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.shell.ended import EndedDialog, Unsaved
from avenrae_desktop.shell.entry.fault import FaultPage
from avenrae_desktop.shell.entry.recover import RecoverPage
from avenrae_desktop.shell.entry.recovery_key import RecoveryKeyPage
from avenrae_desktop.shell.preferences.account_dialogs import ChangePasswordDialog, PinDialog
from avenrae_desktop.shell.preferences.code_dialogs import CodeDialog, Invitation, NewCodeDialog
from avenrae_desktop.shell.preferences.myself_dialog import MyselfDialog, read_myself
from avenrae_desktop.shell.preferences.page import SettingsPage
from avenrae_desktop.shell.preferences.person_dialog import PersonDialog
from avenrae_desktop.shell.program import Program
from tests.shell.hands import Hands
from tests.shell.test_way_in import lindenhof, show
from tests.support.qt import InLoop


def focusable(within: QWidget) -> Iterator[QWidget]:
    for widget in (within, *within.findChildren(QWidget)):
        inner = isinstance(widget, QScrollBar) or isinstance(widget.parent(), QAbstractScrollArea)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not inner:
            yield widget


def nameless(within: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    found = []
    for widget in focusable(within):
        if widget.focusProxy() is not None or widget.objectName() == "qt_spinbox_lineedit":
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if told is None or not told.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_every_control_of_the_way_in_has_a_name(program: Program, hands: Hands, in_loop: InLoop) -> None:
    people = (KeyHolder("mira", "Mira Voss"), KeyHolder("jan", "Jan Kern"))

    async def run() -> None:
        show(program)
        entrance = program.entrance
        entrance.welcome()
        assert nameless(program.window) == []
        entrance.new_practice()
        assert nameless(program.window) == []
        for page in (
            RecoveryKeyPage("Lindenhof", "ABCDEF-GHJKMN", program._runner),
            RecoverPage("Lindenhof", people),
            FaultPage(Unavailable(ALREADY_OPEN)),
        ):
            entrance.show_page(page)
            assert nameless(program.window) == [], page

    in_loop(run())


def test_every_control_of_sign_in_has_a_name(program: Program, in_loop: InLoop, paths: object) -> None:
    lindenhof(paths)  # type: ignore[arg-type]
    lindenhof(paths, "Bergweg")  # type: ignore[arg-type]

    async def run() -> None:
        show(program)
        assert nameless(program.window) == []

    in_loop(run())


def test_every_control_of_the_workspace_has_a_name(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        for key in ("calendar", "clients", "services", "keys"):
            hands.work.go(key)
            await hands.rest()
            assert nameless(hands.program.window) == [], key
        hands.work.go("settings")
        page = hands.work.panel("settings")
        assert isinstance(page, SettingsPage)
        for key in page.sections:
            page.show_section(key)
            await hands.rest()
            assert nameless(hands.program.window) == [], key
        hands.work.top.commands.begin()
        await hands.rest()
        assert nameless(hands.program.window) == []
        assert hands.program.keeper is not None
        hands.program.keeper.lock()
        assert nameless(hands.program.window) == []

    in_loop(run())


@pytest.mark.parametrize(
    "make",
    [
        lambda app, runner, parent: ChangePasswordDialog(runner, parent),
        lambda app, runner, parent: PinDialog(runner, parent),
        lambda app, runner, parent: PersonDialog(app.accounts, runner, parent=parent),
        lambda app, runner, parent: PersonDialog(app.accounts, runner, parent=parent, on_server=True),
        lambda app, runner, parent: MyselfDialog(
            app.accounts, read_myself(app.accounts, app.actor.uuid), runner, parent
        ),
        lambda app, runner, parent: NewCodeDialog(read_myself(app.accounts, app.actor.uuid), runner, parent),
        lambda app, runner, parent: CodeDialog(
            Invitation("Elena Costa", "elena", new_code(), utc_now()), "Lindenhof", runner, parent
        ),
        lambda app, runner, parent: EndedDialog(
            NotAllowed(DISABLED, sign_in_name="mira"),
            (Unsaved("Edit client", "Ada Moor", (("Phone", "044"),)),),
            parent,
        ),
    ],
)
def test_every_control_of_our_dialogs_has_a_name(
    make: Callable[[App, Runner, QWidget], QDialog], demo: App, hands: Hands, in_loop: InLoop
) -> None:
    async def run() -> None:
        dialog = make(demo, hands.program._runner, hands.program.window)
        dialog.show()
        await hands.rest()
        assert nameless(dialog) == []

    in_loop(run())


def test_tab_comes_round_on_the_sign_in_page(
    program: Program, hands: Hands, in_loop: InLoop, paths: object
) -> None:
    lindenhof(paths)  # type: ignore[arg-type]

    async def run() -> None:
        show(program)
        page = program.entrance.page
        await hands.until(page.first().hasFocus)  # type: ignore[union-attr]
        seen: list[str] = []
        for _ in range(4):
            focused = QApplication.focusWidget()
            assert focused is not None
            seen.append(focused.accessibleName())
            await hands.key(Qt.Key.Key_Tab)
        assert seen == ["Password", "Sign in", "Use the recovery key", "Another practice or the demo"]
        assert QApplication.focusWidget() is page.first()

    in_loop(run())
