"""Pictures of what is seldom seen of the program's life: another practice, what was not saved, how it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.qtkit.crashlog import report_with_lines, versions
from avenrae_desktop.qtkit.dialogs.draft import Draft
from avenrae_desktop.qtkit.last_run import EndedBadly
from avenrae_desktop.shell.drafts.dialog import DraftsDialog
from avenrae_desktop.shell.journal import tell_last_run
from avenrae_desktop.shell.no_answer import no_answer_notice
from avenrae_desktop.shell.switch import SwitchDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from avenrae_desktop.shell.program import Program
    from avenrae_desktop.shell.screenshots import Camera


@dataclass(frozen=True)
class _Place:
    folder: Path
    practice_name: str
    last_opened: datetime


_FAULT = 'Fatal Python error: Segmentation fault\n\nCurrent thread:\n  File "shell/run.py"'


async def life_dialogs(camera: "Camera", program: "Program") -> None:
    """One after the other over the workspace."""
    window, now = program.window, utc_now()
    known: list[Any] = [
        _Place(Path("lindenhof"), "Lindenhof Practice", now - timedelta(minutes=3)),
        _Place(Path("seeblick"), "Seeblick", now - timedelta(days=2)),
    ]
    await _shown(camera, SwitchDialog(known, known[0], window), "switch-dialog")
    drafts = [
        (_draft("booking", "New booking", "Marco Rossi"), True),
        (_draft("move", "Move this booking", ""), False),
    ]
    await _shown(camera, DraftsDialog(drafts, utc_now, window), "drafts-dialog")
    await _shown(camera, no_answer_notice(), "no-answer")
    lines = ["2026-11-23 09:12:07,518 INFO MainThread opened: file"]
    ended = EndedBadly(report_with_lines(f"{versions()}\n{_FAULT}", lines), _FAULT)
    tell_last_run(ended, window.bar, window, camera.runner)
    await camera.take("last-run")
    window.bar.act()
    dialog = await camera.dialog()
    await camera.take("last-run-report")
    dialog.accept()
    await camera.rest()


def _draft(kind: str, title: str, about: str) -> Draft:
    typed = (("Client", "Marco Rossi"), ("Start", "10:30"), ("Note", "Prefers the quiet room."))
    return Draft(new_uuid(), kind, title, about, {}, typed, utc_now())


async def _shown(camera: "Camera", dialog: "QDialog", name: str) -> None:
    dialog.show()
    await camera.take(name)
    dialog.hide()
    dialog.deleteLater()
    await camera.rest()
