"""Leads through what was not saved last time, one form after the other."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.time import Clock, utc_now
from avenrae_desktop.qtkit.dialogs.draft import Draft
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.shell.drafts.dialog import DraftsDialog
from avenrae_desktop.shell.open_dialog import open_dialog

if TYPE_CHECKING:
    from avenrae_desktop.shell.drafts.watch import DraftWatch

TakeUp = Callable[[Draft], Awaitable[bool]]
"""Opens a draft's form and waits until it is closed; False where it was saved after all."""


class DraftOffer:
    """`ways` are the kinds of forms that can be opened again by the person who is signed in."""

    def __init__(
        self,
        watch: "DraftWatch",
        ways: Mapping[str, TakeUp],
        say: Callable[[str], object],
        window: QWidget,
        clock: Clock = utc_now,
    ) -> None:
        self._watch, self._ways, self._say = watch, ways, say
        self._window, self._clock = window, clock

    async def run(self) -> None:
        """Ask about each; whatever is left undecided is offered again next time."""
        failed = ""
        await self._watch.begin()
        while self._watch.waiting:
            drafts = [(draft, draft.kind in self._ways) for draft in self._watch.waiting]
            dialog = DraftsDialog(drafts, self._clock, self._window, failed=failed)
            failed = ""
            if not await open_dialog(dialog):
                return
            if dialog.throw is not None:
                self._watch.drop(dialog.throw)
            elif dialog.go_on is not None:
                failed = await self._go_on(dialog.go_on)

    async def _go_on(self, draft: Draft) -> str:
        """What went wrong, in words."""
        try:
            opened = await self._ways[draft.kind](draft)
        except AppError as error:
            return " ".join(problem_texts(error)[1:])
        except (KeyError, TypeError, ValueError):
            # By another version of the program.
            return self._window.tr("Its form is another one now. Copy what you need from below.")
        if not opened:
            self._say(self._window.tr("{form} was saved after all.").format(form=draft.title))
        self._watch.drop(draft)
        return ""
