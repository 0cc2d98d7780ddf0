"""Keeps what stands in open forms, sealed, as long as it is not saved."""

import json
import threading
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.time import Clock, utc_now
from avenrae_desktop.qtkit.crashlog import LOG
from avenrae_desktop.qtkit.dialogs import FormDialog, forms_unsaved
from avenrae_desktop.qtkit.dialogs.draft import Draft, draft_of, drafts_from_plain, drafts_to_text
from avenrae_desktop.qtkit.runner import Runner

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.drafts import DraftBox

EVERY_MS = 1000
"""As much typing can be lost at most, and what it takes to write it."""
LAST_S = 1.0
"""How long the end waits for the last write: the practice may lie on a drive that does not answer."""


class DraftWatch(QObject):
    """Looks at the open forms once a second, and as soon as one of them is closed.

    `waiting` are the drafts of another run that nobody has decided about: they are kept on.
    """

    def __init__(
        self, box: "DraftBox", runner: Runner, parent: QObject, *, clock: Clock = utc_now, every_ms: int = EVERY_MS
    ) -> None:
        super().__init__(parent)
        self._box, self._runner, self._clock = box, runner, clock
        self.waiting: tuple[Draft, ...] = ()
        self._kept: tuple[Draft, ...] = ()
        self._busy = self._again = self._told = self._over = False
        self._begun = self._failed = False
        self._seen: set[UUID] = set()
        self._number = self._written = 0
        self._lock = threading.Lock()
        self._timer = QTimer(self, interval=every_ms)
        self._timer.timeout.connect(self.look)

    async def begin(self) -> tuple[Draft, ...]:
        """Read what another run left, and watch from now on. What cannot be read is as good as nothing."""
        try:
            text = await self._runner.ask(self._box.read)
            self.waiting = drafts_from_plain(json.loads(text)) if text else ()
        except (AppError, ValueError, KeyError, TypeError) as error:
            LOG.info("drafts could not be read: %s", type(error).__name__)
        self._kept = self.waiting
        self._begun = True
        self._timer.start()
        return self.waiting

    def drop(self, draft: Draft) -> None:
        """It was saved after all, or the person wants it no more."""
        self.waiting = tuple(each for each in self.waiting if each.id != draft.id)
        self.look()

    def look(self) -> None:
        """Keep what changed since the last look."""
        if self._over or not self._begun:
            return
        now = self._now()
        if now == self._kept and not self._failed:
            return
        if self._busy:
            self._again = True
            return
        self._busy, self._kept = True, now
        self._runner.start(self._keep(now), self)

    def end(self) -> None:
        """The session or the program ends: keep what is open, before this returns, and watch no more."""
        self._timer.stop()
        if not self._over:
            self.keep_now()
            self._over = True

    def keep_now(self) -> None:
        """Keep what is open, before this returns."""
        if not self._begun:
            return  # what another run left was not even read
        now = self._now()
        if now != self._kept or self._busy or self._failed:
            self._kept = now
            last = threading.Thread(target=self._write_last, args=(now,), name="drafts", daemon=True)
            last.start()
            last.join(LAST_S)

    def _write_last(self, now: tuple[Draft, ...]) -> None:
        try:
            self._write(self._next(), now)
        except AppError as error:
            self._tell(error)

    def _now(self) -> tuple[Draft, ...]:
        forms = [form for form in forms_unsaved() if form.draft_kind]
        for form in forms:
            self._follow(form)
        open_ones = {form.draft_id for form in forms}
        # Opened again, it is in its form from now on.
        self.waiting = tuple(each for each in self.waiting if each.id not in open_ones)
        at = self._clock()
        before = {each.id: each for each in self._kept}
        found = (draft_of(form, at) for form in forms)
        # The time is that of the last change.
        return (*self.waiting, *(_older(each, before.get(each.id)) for each in found))

    def _follow(self, form: FormDialog) -> None:
        """What was saved must not be offered again: its draft goes at once."""
        if form.draft_id not in self._seen:
            self._seen.add(form.draft_id)
            form.finished.connect(self._on_finished)

    def _on_finished(self, _result: int) -> None:
        self.look()

    async def _keep(self, drafts: tuple[Draft, ...]) -> None:
        try:
            await self._runner.ask(self._write, self._next(), drafts)
            self._told = self._failed = False
        except AppError as error:
            self._failed = True
            self._tell(error)
        finally:
            self._busy = False
        if self._again:
            self._again = False
            self.look()

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _write(self, number: int, drafts: tuple[Draft, ...]) -> None:
        with self._lock:
            # One that waited for its thread must not undo a later one.
            if number < self._written:
                return
            self._written = number
            if drafts:
                self._box.keep(drafts_to_text(drafts))
            else:
                self._box.forget()

    def _tell(self, error: AppError) -> None:
        """Once: saving itself says in words what is wrong with the disk."""
        if not self._told:
            LOG.info("drafts could not be kept: %s", error.code)
        self._told = True


def _older(draft: Draft, before: Draft | None) -> Draft:
    return before if before == draft else draft
