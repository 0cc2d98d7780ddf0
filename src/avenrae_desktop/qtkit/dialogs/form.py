"""The base of every dialog with fields: saves without freezing, shows errors in place, loses no typing."""

import asyncio
import time
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from avenrae_desktop.kernel.errors import AppError, Conflict, LinkLost
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.link import LinkState
from avenrae_desktop.qtkit.dialogs.middle import Middle
from avenrae_desktop.qtkit.dialogs.newer import NewerBox
from avenrae_desktop.qtkit.dialogs.parts import Question, focus_first_in, mark, text_in
from avenrae_desktop.qtkit.dialogs.version import EditedVersion
from avenrae_desktop.qtkit.open_mark import OpenMark
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Banner, Button, PlainLabel, column, labelled, row

W = TypeVar("W", bound=QWidget)
_SAVED_BEFORE = "server.saved_before"
"""The newer version is one's own earlier change: the words about that are what counts."""
_PATIENCE_MS = 2500  # longer than this no save takes, unless it waits for something
_LINK_PATIENCE_S, _LINK_PAUSE_S = 60.0, 1.0
_EDITS = ("textChanged", "currentIndexChanged", "editTextChanged", "toggled", "valueChanged", "selected")


class FormDialog(QDialog):
    """Override `save`. Put fields into `body` with `field`; `Ctrl+Return` saves, `Esc` cancels."""

    draft_kind = ""
    """Which form it is, where what is typed outlives a program that dies; empty where it must not be kept."""

    def __init__(
        self,
        title: str,
        runner: Runner,
        parent: QWidget | None = None,
        *,
        action_text: str | None = None,
        width: int = 480,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._fields: dict[str, QWidget] = {}
        self._edited: dict[str, None] = {}
        self._dirty = False
        self._busy = False
        self._shown = False
        self._aside = self._over = self._taken_up = False
        self._version: EditedVersion | None = None
        self._words = self._leave_words = ""
        self._fitted = 0
        self._settled = QTimer(self, singleShot=True)
        self._settled.timeout.connect(self._make_room)
        self._slow = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._slow.timeout.connect(self._say_waiting)
        self._focus_before: QWidget | None = None
        self.about = ""
        """Whom or what it is about, where a list of forms names it; may be a client."""
        self.draft_id = new_uuid()
        self.setWindowTitle(title)
        self.setMinimumWidth(current_theme().px(width))
        self.banner = Banner("danger")
        self.body: QVBoxLayout = column(spacing=14)
        self._inside = QWidget()
        self._inside.setLayout(self.body)
        self._middle = Middle(self._inside)
        self.primary = Button(action_text or self.tr("Save"), "primary")
        self.primary.setDefault(True)
        self.primary.clicked.connect(self.submit)
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.footer = row(spacing=8)
        # The shortcuts work anywhere in the form, in a field of several lines too.
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.submit)
        self.primary.show_key(self.tr("Ctrl+Enter"))
        for button in (self.cancel, self.primary):
            button.setProperty("footer", True)
        buttons = row(self.footer, None, self.cancel, self.primary, spacing=8)
        self.open_mark = OpenMark(runner.link)
        heading = column(PlainLabel(title, "title", wrap=True), self.open_mark, spacing=6)
        heading.setAlignment(self.open_mark, Qt.AlignmentFlag.AlignLeft)
        self._question = Question(self)
        self._notes = column(spacing=8)
        inside = (heading, self.banner, self._middle, self._notes, self._question, buttons)
        parts = column(*inside, spacing=16, margins=20)
        parts.setStretchFactor(self._middle, 1)
        self.setLayout(parts)

    # --- what a form says ---------------------------------------------------------------------
    async def save(self) -> None:
        """Do what the form is for. Returning closes it; an `AppError` is shown and it stays open."""
        raise NotImplementedError

    # --- building -----------------------------------------------------------------------------
    def field(self, name: str, label: str, widget: W, hint: str = "") -> W:
        """Add a field under its label; `name` is what `AppError.field` calls it."""
        self.body.addWidget(labelled(label, widget, hint))
        self.register(name, widget)
        return widget

    def register(self, name: str, widget: QWidget) -> None:
        """Let errors about `name` be shown at this widget, and typing in it count as a change."""
        self._fields[name] = widget
        for signal in _EDITS:
            found = getattr(widget, signal, None)
            if found is not None:
                # A method, not a lambda: a lambda would hold the form in a circle that nothing ever collects.
                found.connect(self._on_edited)

    def set_action(self, text: str, *, danger: bool = False) -> None:
        """Name the button that saves."""
        self.primary.setText(text)
        self.primary.set_role("danger" if danger else "primary")

    # --- the record that is edited ------------------------------------------------------------
    def edits(self, kind: str, record: UUID, version: EditedVersion | None = None) -> None:
        """Others see that this record is open here, and this form sees where else it is. `version` follows it."""
        self._runner.link.open_here(self, kind, record)
        self.open_mark.watch(kind, record)
        if version is not None:
            self._version = version
            self._notes.addWidget(version.box)

    @property
    def newer(self) -> NewerBox | None:
        """Where newer versions are offered; None for what is only being added."""
        return None if self._version is None else self._version.box

    # --- changes ------------------------------------------------------------------------------
    @property
    def dirty(self) -> bool:
        """Whether something was typed that closing would lose."""
        return self._dirty

    def mark_clean(self) -> None:
        """What stands in the fields now is saved, or was only filled in."""
        self._dirty = False
        self._edited = {}

    def mark_dirty(self) -> None:
        self._dirty = True

    @property
    def was_shown(self) -> bool:
        """Whether it was on screen already."""
        return self._shown

    @property
    def unsaved(self) -> bool:
        """Whether it is open, maybe out of sight, and would lose something."""
        return self._shown and not self._over and (self._dirty or self._busy)

    def draft_values(self) -> dict[str, Any]:
        """What it takes to fill such a form again, as JSON values; the form itself knows how."""
        return {}

    def take_up(self, draft_id: UUID) -> None:
        """What was just filled in is a draft's: it is not saved yet. Before the form is shown."""
        self.draft_id, self._taken_up, self._dirty = draft_id, True, True

    @property
    def busy(self) -> bool:
        """Whether it is being saved."""
        return self._busy

    def typed(self) -> tuple[tuple[str, str], ...]:
        """(field, text) of all that was typed or chosen, for somebody who cannot save it any more."""
        texts = ((self._fields[field], field) for field in self._edited)
        found = ((widget.accessibleName() or field, text_in(widget)) for widget, field in texts)
        return tuple((label, text) for label, text in found if text)

    # --- errors -------------------------------------------------------------------------------
    def show_error(self, error: AppError) -> None:
        """Show it at the top, mark its field and put the cursor there."""
        self.clear_error()
        self.banner.show_error(error)
        widget = self._fields.get(error.field or "")
        if widget is not None:
            mark(widget, True)
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self._middle.ensureWidgetVisible(widget)
            if isinstance(widget, QLineEdit):
                widget.selectAll()

    def clear_error(self) -> None:
        """Hide the error and its mark."""
        self.banner.clear()
        for widget in self._fields.values():
            mark(widget, False)

    # --- saving -------------------------------------------------------------------------------
    def submit(self) -> None:
        """Save, once, however often it is asked for."""
        if self._busy or not self.primary.isEnabled():
            return
        if self._version is not None and self._version.box.undecided():
            self._version.box.point()
            return
        self._question.hide()
        self._set_busy(True)
        self._runner.start(self._submit(), self)

    async def _submit(self) -> None:
        try:
            await self._save_patiently()
        except _Asked:
            self._set_busy(False)
            if self._version is not None:
                self._version.box.point()
        except AppError as error:
            self._set_busy(False)
            self.show_error(error)
        except BaseException:
            # Our own bug: it is reported elsewhere; what was typed stays on the screen.
            self._set_busy(False)
            raise
        else:
            self._aside = False
            self._set_busy(False)
            self._dirty = False
            self.accept()

    async def _save_patiently(self) -> None:
        """A command waits for the server by itself; what a form looks up before it gives up at once."""
        until = time.monotonic() + _LINK_PATIENCE_S
        while True:
            try:
                await self._save_newest()
            except LinkLost:
                if self._runner.link.state is None or time.monotonic() > until:
                    raise
                await asyncio.sleep(_LINK_PAUSE_S)
            else:
                return

    async def _save_newest(self) -> None:
        """Save; where somebody else was faster, bring their version in and raise `_Asked`."""
        try:
            await self.save()
        except Conflict as error:
            if self._version is None or not await self._version.look(at_save=True):
                raise
            if error.code == _SAVED_BEFORE:
                raise
            self.clear_error()
            raise _Asked from None

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        if not busy:
            self._stop_waiting()
        elif self._runner.link.state is not None:
            self._slow.start()
        if busy:
            self._focus_before = self.focusWidget()
            self._words = self.primary.text()
            self.primary.setText(self.tr("Saving…"))
        else:
            self.primary.setText(self._words)
        self._inside.setEnabled(not busy)
        self.primary.setEnabled(not busy)
        if not busy and self._focus_before is not None:
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- waiting for the server ---------------------------------------------------------------
    def _say_waiting(self) -> None:
        """It takes longer than a save does: say what it waits for, and that nobody has to sit here."""
        away = self._runner.link.state is not LinkState.CONNECTED
        title = self.tr("Waiting for the server") if away else self.tr("This takes longer than usual")
        text = self.tr("What you typed is sent again until there is an answer.")
        advice = self.tr("You may go on elsewhere: this form comes back if it cannot be saved.")
        self.banner.tell(title, text, advice, tone="info")
        self._leave_words = self.cancel.text()
        self.cancel.setText(self.tr("Go on elsewhere"))

    def _stop_waiting(self) -> None:
        self._slow.stop()
        if self._leave_words:
            self.banner.clear()
            self.cancel.setText(self._leave_words)
            self._leave_words = ""
        if self._aside:
            self.come_back()

    @property
    def aside(self) -> bool:
        """Whether it waits out of sight for the answer to its save."""
        return self._aside

    def come_back(self) -> None:
        """Show the form again that waits out of sight."""
        self._aside = False
        self.show()
        self.raise_()
        self.activateWindow()

    def _go_aside(self) -> None:
        if self._leave_words:
            self._aside = True
            self.hide()
            parent = self.parentWidget()
            if parent is not None:
                parent.window().activateWindow()

    # --- leaving ------------------------------------------------------------------------------
    def reject(self) -> None:
        """Close without saving; with something typed, ask first, in place. A save that waits goes on waiting."""
        if self._busy:
            self._go_aside()
            return
        if self._dirty and self._question.isHidden():
            self._question.show()
            self._question.keep.setFocus()
        elif self._dirty:
            # A second Esc goes back to the form: throwing typing away takes a deliberate press.
            self._question.hide()
            self.focus_first()
        else:
            super().reject()

    def discard(self) -> None:
        """Close and forget what was typed."""
        self._dirty = False
        super().reject()

    def done(self, result: int) -> None:
        self._over = True
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._busy or self._dirty:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown:
            self._shown = True
            if not self._taken_up:
                self.mark_clean()
            if self.focusWidget() in (None, self.primary, self.cancel):
                self.focus_first()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            # Nested layouts settle over several passes; only after the last one is the height right.
            self._settled.start(0)
        return done

    def _make_room(self) -> None:
        """As tall as its parts wish, as far as the screen goes (the rest scrolls), and never narrower than
        its fields; keeps a taller size that the person chose. Not adjustSize: it counts the lines of wrapped
        texts at their narrowest.
        """
        layout = self.layout()
        if layout is None or not self.isVisible():
            return
        screen = self.screen().availableGeometry()
        frame = self.frameGeometry().height() - self.height()
        width = max(self.width(), min(layout.totalMinimumSize().width(), screen.width()))
        wanted = min(layout.totalHeightForWidth(width), screen.height() - frame)
        if width > self.width() or self.height() < wanted or self.height() == self._fitted:
            self.resize(width, wanted)
            self._fitted = wanted
        below = self.frameGeometry().bottom() - screen.bottom()
        if below > 0:
            self.move(self.x(), max(screen.top(), self.y() - below))

    def focus_first(self) -> None:
        """Put the keyboard on the first field."""
        focus_first_in(self._inside)

    def _on_edited(self, *_values: object) -> None:
        self._dirty = True
        widget = self.sender()
        self._edited |= {field: None for field, each in self._fields.items() if each is widget}
        if isinstance(widget, QWidget) and widget.property("invalid"):
            mark(widget, False)


class _Asked(Exception):
    """A newer version was brought in; the person decides before anything is saved."""
