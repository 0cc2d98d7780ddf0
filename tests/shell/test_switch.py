"""Going over to another practice without ending the program."""

import asyncio

import pytest
from PySide6.QtCore import Qt

from avenrae_desktop.bootstrap import App, Place, Practices
from avenrae_desktop.bootstrap.places import ServerPlace
from avenrae_desktop.db.server.enrolment import Enrolment
from avenrae_desktop.settings.paths import Paths
from avenrae_desktop.shell.entry.fault import FaultPage
from avenrae_desktop.shell.entry.server.sign_in import ServerSignInPage
from avenrae_desktop.shell.entry.sign_in import SignInPage
from avenrae_desktop.shell.entry.welcome import WelcomePage
from avenrae_desktop.shell.program import Program
from avenrae_desktop.shell.switch import SwitchDialog
from tests.shell.hands import CTRL, Hands, dialogs
from tests.shell.server_like import ADDRESS
from tests.shell.test_way_in import PASSWORD, lindenhof
from tests.support.qt import InLoop

SHIFT = Qt.KeyboardModifier.ShiftModifier


async def work_in(program: Program, hands: Hands, paths: Paths, name: str) -> App:
    """Somebody works in the practice of this name."""
    practices = Practices(paths)
    place = next(p for p in practices.known() if p.practice_name == name)
    assert isinstance(place, Place)
    app = await asyncio.to_thread(practices.open, place, "mira", PASSWORD)
    program.window.show()
    program.window.activateWindow()
    program.enter(app)
    await hands.rest()
    return app


async def switch(hands: Hands) -> SwitchDialog:
    hands.work.switch_asked.emit()
    dialog = await hands.dialog()
    assert isinstance(dialog, SwitchDialog)
    return dialog


@pytest.fixture
def several(paths: Paths) -> Paths:
    """Two practices on this computer, one on a server that was never opened."""
    for name in ("Lindenhof", "Seeblick"):
        lindenhof(paths, name)
    Practices(paths).servers.join(Enrolment("Praxis am Fluss", ADDRESS))
    return paths


def test_by_keyboard_to_another_practice_and_back(
    program: Program, hands: Hands, in_loop: InLoop, several: Paths, failed: list[Exception]
) -> None:
    async def run() -> None:
        app = await work_in(program, hands, several, "Lindenhof")
        await hands.key(Qt.Key.Key_O, CTRL | SHIFT)
        dialog = await hands.dialog()
        assert isinstance(dialog, SwitchDialog)
        model = dialog.model
        cells = [[model.index(r, c).data() for c in range(3)] for r in range(model.rowCount())]
        assert [row[:2] for row in cells] == [
            ["Lindenhof (open now)", "On this computer"],
            ["Seeblick", "On this computer"],
            ["Praxis am Fluss", "On praxis.example.org"],
        ]
        assert cells[2][2] == "Not opened yet"
        # The one that was opened before this one is chosen already.
        await hands.key(Qt.Key.Key_Return)
        page = hands.page(SignInPage)
        assert page.lead.text() == "Seeblick"
        assert hands.program.app is None
        await hands.until(page.password.hasFocus)
        await hands.type(PASSWORD)
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: program.app is not None)
        assert program.app is not None
        assert program.app.place.practice_name == "Seeblick"
        # The first one is let go: it can be opened again.
        again = await asyncio.to_thread(Practices(several).open, app.place, "mira", PASSWORD)  # type: ignore[arg-type]
        again.close()

    in_loop(run())
    assert failed == []


def test_looking_at_the_list_changes_nothing(
    program: Program, hands: Hands, in_loop: InLoop, several: Paths
) -> None:
    async def run() -> None:
        app = await work_in(program, hands, several, "Lindenhof")
        dialog = await switch(hands)
        dialog.table.select_key(app.place.folder)  # type: ignore[union-attr]
        assert not dialog.open_button.isEnabled()
        dialog.table.row_activated.emit(dialog.table.current_row())
        assert dialog.isVisible()
        await hands.key(Qt.Key.Key_Escape)
        await hands.until(lambda: dialogs() == [])
        assert program.app is app
        assert hands.work.isVisible()

    in_loop(run())


def test_to_a_practice_on_a_server(program: Program, hands: Hands, in_loop: InLoop, several: Paths) -> None:
    async def run() -> None:
        await work_in(program, hands, several, "Lindenhof")
        dialog = await switch(hands)
        place = next(p for p in dialog.model.rows if isinstance(p, ServerPlace))
        dialog.table.select_key(place.file)
        dialog.open_button.click()
        await hands.until(lambda: program.app is None)
        assert "Praxis am Fluss" in hands.page(ServerSignInPage).lead.text()

    in_loop(run())


def test_to_a_new_practice_or_the_demo(program: Program, hands: Hands, in_loop: InLoop, several: Paths) -> None:
    async def run() -> None:
        await work_in(program, hands, several, "Lindenhof")
        (await switch(hands)).other.click()
        await hands.until(lambda: program.app is None)
        hands.page(WelcomePage)

    in_loop(run())


def test_to_one_whose_folder_has_gone(program: Program, hands: Hands, in_loop: InLoop, several: Paths) -> None:
    async def run() -> None:
        practices = Practices(several)
        gone = next(p for p in practices.known() if p.practice_name == "Seeblick")
        assert isinstance(gone, Place)
        await work_in(program, hands, several, "Lindenhof")
        gone.folder.rename(several.data / "elsewhere")
        dialog = await switch(hands)
        dialog.table.select_key(gone.folder)
        dialog.open_button.click()
        await hands.until(lambda: program.app is None)
        assert "cannot be reached" in hands.page(FaultPage).words

    in_loop(run())


def test_the_only_practice_is_nothing_to_go_over_to(
    program: Program, hands: Hands, in_loop: InLoop, paths: Paths
) -> None:
    async def run() -> None:
        lindenhof(paths)
        await work_in(program, hands, paths, "Lindenhof")
        dialog = await switch(hands)
        assert not dialog.open_button.isEnabled()
        assert dialog.other.isEnabled()
        dialog.reject()

    in_loop(run())


def test_from_the_demo_all_own_practices_are_on_offer(
    demo: App, program: Program, hands: Hands, in_loop: InLoop, several: Paths
) -> None:
    async def run() -> None:
        dialog = await switch(hands)
        assert len(dialog.model.rows) == 3
        assert dialog.open_button.isEnabled()
        dialog.reject()

    in_loop(run())
