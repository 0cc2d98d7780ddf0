"""Which version of a record a form edits: follows the record while the form is open, and brings newer ones in."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.errors import AppError, NotFound, Unavailable
from avenrae_desktop.qtkit.dialogs.newer import Difference, NewerBox

if TYPE_CHECKING:
    from avenrae_desktop.qtkit.dialogs.form import FormDialog
    from avenrae_desktop.qtkit.runner import Runner

_POPUP_S = 0.2
_UNREADABLE = object()


class Row(Protocol):
    """A stored record as it was read."""

    @property
    def version(self) -> int: ...


def stored_in(row: Any, field: str) -> Any:
    """The value that a row has under the field's own name."""
    return getattr(row, field)


def nothing_to_prepare(_row: Any) -> None:
    return


@dataclass(frozen=True)
class Fields:
    """How a form's fields are read, filled and told. `typed` may raise AppError for what cannot be read."""

    names: Sequence[str]
    label: Callable[[str], str]
    typed: Callable[[str], Any]
    put: Callable[[str, Any], object]
    text_of: Callable[[str, Any], str]
    """A field of a row, as a person reads it."""
    text_typed: Callable[[str], str]
    """What stands in the form now."""
    stored: Callable[[Any, str], Any] = stored_in
    prepare: Callable[[Any], object] = nothing_to_prepare
    """Before values of a row are put into fields: a choice may have to be on offer first."""


class EditedVersion(QObject):
    """`row` is the version that the form's values are compared with, and that a command names.

    A newer one is merged at once: fields that only the others changed take theirs, what was typed stays, and the
    box asks about fields that both changed.
    """

    def __init__(
        self,
        form: "FormDialog",
        runner: "Runner",
        record: tuple[str, UUID],
        row: Any,
        fields: Fields,
        read: Callable[[], Row],
    ) -> None:
        """`read` reads the record again, off the screen's thread; it may raise NotFound."""
        super().__init__(form)
        self._form, self._runner, self._record = form, runner, record
        self._fields, self._read = fields, read
        self.row = row
        self._mine: dict[str, Any] = {}
        self._looking = self._missed = False
        self.box = NewerBox()
        self.box.mine.connect(self._keep_mine)
        self.box.theirs.connect(self._take_theirs)
        self.box.chosen.connect(self._choose)
        runner.changed.connect(self._on_changed)

    @property
    def version(self) -> int:
        return int(self.row.version)

    async def look(self, *, at_save: bool) -> bool:
        """Read the record again and bring a newer version in; whether there was one. Raises AppError."""
        newer = await self._runner.ask(self._read)
        if newer.version <= self.version:
            return False
        self._bring_in(newer, at_save=at_save)
        return True

    def look_soon(self) -> None:
        """Bring a newer version in, if there is one: the row may have been read long ago."""
        self._on_changed(Changes(everything=True), None)

    # --- while the form is open -------------------------------------------------------------------
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        concerned = changes.everything or any((each.kind, each.uuid) == self._record for each in changes.touched)
        if self._form.busy or not concerned:
            return
        self._missed = True
        if not self._looking:
            self._looking = True
            self._runner.start(self._look_quietly(), self)

    async def _look_quietly(self) -> None:
        try:
            while self._missed:
                self._missed = False
                # A list that is open is not filled anew under the mouse.
                while QApplication.activePopupWidget() is not None:  # noqa: ASYNC110 - nobody tells of its end
                    await asyncio.sleep(_POPUP_S)
                await self.look(at_save=False)
        except (NotFound, Unavailable):
            # Saving will say it.
            return
        finally:
            self._looking = False

    # --- merging ----------------------------------------------------------------------------------
    def _bring_in(self, newer: Any, *, at_save: bool) -> None:
        fields, opened, still = self._fields, self.row, self.box.undecided()
        was_dirty = self._form.dirty
        found: list[Difference] = []
        taken: list[str] = []
        for field in fields.names:
            before, theirs, mine = fields.stored(opened, field), fields.stored(newer, field), self._typed(field)
            both = before not in (mine, theirs) or field in still
            if mine == theirs or (before == theirs and not both):
                continue
            # Read before anything is put: one field may fill another.
            text = fields.text_typed(field)
            found.append(Difference(field, fields.label(field), fields.text_of(field, newer), text, both))
            self._mine[field] = mine
            if not both:
                taken.append(field)
        fields.prepare(newer)
        for field in taken:
            fields.put(field, fields.stored(newer, field))
        self.row = newer
        if not was_dirty:
            self._form.mark_clean()
        if found or at_save:
            self.box.ask(found, at_save=at_save)

    def _typed(self, field: str) -> Any:
        try:
            return self._fields.typed(field)
        except AppError:
            return _UNREADABLE

    # --- what the person says ---------------------------------------------------------------------
    def _choose(self, field: str, theirs: bool) -> None:
        now, newer = self._typed(field), self._fields.stored(self.row, field)
        if theirs and now != newer:
            self._mine[field] = now
            # What cannot be read cannot be put back either.
            self.box.lines[field].mine.setEnabled(now is not _UNREADABLE)
            self._fields.put(field, newer)
        elif not theirs and now == newer:
            self._fields.put(field, self._mine[field])
        self._form.mark_dirty()

    def _keep_mine(self) -> None:
        self.box.decide(theirs=False)
        self.box.hide()
        self._form.clear_error()
        self._form.submit()

    def _take_theirs(self) -> None:
        self._fields.prepare(self.row)
        for field in self._fields.names:
            self._fields.put(field, self._fields.stored(self.row, field))
        self.box.hide()
        self._form.clear_error()
        self._form.mark_clean()
        self._form.focus_first()
