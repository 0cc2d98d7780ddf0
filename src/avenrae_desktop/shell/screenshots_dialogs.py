"""Dialogs that come up seldom, as pictures: what is refused, lost or wrong, asked before typing is thrown away."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from avenrae_desktop.areas.accounts.problems import DISABLED
from avenrae_desktop.areas.calendar.actions import may_follow
from avenrae_desktop.areas.calendar.panel import CalendarPanel
from avenrae_desktop.kernel.errors import NotAllowed
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.qtkit.dialogs import CrashDialog, FormDialog, Notice
from avenrae_desktop.qtkit.dialogs.draft import Draft
from avenrae_desktop.shell.drafts.dialog import DraftsDialog
from avenrae_desktop.shell.ended import EndedDialog, Unsaved
from avenrae_desktop.shell.open_dialog import open_dialog
from avenrae_desktop.shell.preferences.account_dialogs import ChangePasswordDialog, PinDialog, SetPasswordDialog
from avenrae_desktop.shell.preferences.code_dialogs import NewCodeDialog
from avenrae_desktop.shell.preferences.person_dialog import PersonDialog
from avenrae_desktop.shell.switch import SwitchDialog

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App
    from avenrae_desktop.shell.screenshots import Camera
    from avenrae_desktop.shell.workspace.workspace import Workspace

_REPORT = "Avenrae Desktop 0.1.0 · Linux\nbuiltins.KeyError\n  areas/calendar/panel/panel.py:312 in _show"
_TYPED = (("Client", "Priya Nair"), ("Day", "Tue 1 Dec 2026"), ("Note", "Prefers the quiet room"))


async def seldom_dialogs(camera: "Camera", app: "App", work: "Workspace") -> None:
    """Each over the workspace, light and dark."""
    for name, dialog in _dialogs(camera, app, work):
        camera.runner.start(open_dialog(dialog), work)
        await camera.dialog()
        await camera.take(name)
        dialog.done(QDialog.DialogCode.Rejected)
        await camera.rest()
    await _of_a_booking(camera, work)
    await _refused(camera, work)


def _dialogs(camera: "Camera", app: "App", work: "Workspace") -> Iterator[tuple[str, QDialog]]:
    runner, person = camera.runner, app.accounts.people()[0]
    yield "person-dialog", PersonDialog(app.accounts, runner, parent=work)
    yield "person-edit-dialog", PersonDialog(app.accounts, runner, person, work)
    yield "invite-dialog", PersonDialog(app.accounts, runner, parent=work, on_server=True)
    yield "new-code-dialog", NewCodeDialog(person, runner, work)
    yield "set-password-dialog", SetPasswordDialog(person, runner, work)
    yield "password-dialog", ChangePasswordDialog(runner, work)
    yield "pin-dialog", PinDialog(runner, work)
    title, text = "Throw away the demo practice?", "Everything in it goes, also what you changed."
    yield "notice", Notice(work, title, text, "Throw away", cancel_text="Keep it", danger=True)
    yield "crash-dialog", CrashDialog(_REPORT, work)
    lost = (Unsaved("New booking", "Priya Nair", _TYPED),)
    yield "ended-dialog", EndedDialog(NotAllowed(DISABLED, sign_in_name="mira"), lost, work)
    yield "switch-dialog", SwitchDialog((app.place,), app.place, work)
    at = utc_now() - timedelta(minutes=5)
    draft = Draft(new_uuid(), "booking", "New booking", "Priya Nair", {}, _TYPED, at)
    yield "drafts-dialog", DraftsDialog(((draft, True),), utc_now, work)


async def _of_a_booking(camera: "Camera", work: "Workspace") -> None:
    """The dialogs of the first booking on the board that can still be moved."""
    work.go("calendar")
    panel = work.panel("calendar")
    assert isinstance(panel, CalendarPanel)  # noqa: S101 - made by panels
    panel.turn(1)
    await camera.rest()
    found = (card.key for card in panel.view.board.cards)
    panel.view.select_key(next(key for key in found if (row := panel.row(key)) and may_follow("move", row.status)))
    for step in ("move", "cancel"):
        panel.steps[step].trigger()
        dialog = await camera.dialog()
        await camera.take(f"{step}-dialog")
        dialog.done(QDialog.DialogCode.Rejected)
        await camera.rest()


async def _refused(camera: "Camera", work: "Workspace") -> None:
    """A form that cannot be saved as it is, and is about to be closed with something typed in it."""
    work.new_booking()
    dialog = await camera.dialog()
    assert isinstance(dialog, FormDialog)  # noqa: S101 - the booking's
    dialog.submit()
    await camera.rest()
    dialog.mark_dirty()
    dialog.reject()
    await camera.take("booking-refused")
    dialog.discard()
    await camera.rest()
