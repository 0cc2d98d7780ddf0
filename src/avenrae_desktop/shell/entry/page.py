"""The frame of every page for coming in: a heading, fields with their errors below them, buttons."""

from collections.abc import Collection
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import (
    Banner,
    Button,
    PlainLabel,
    announce,
    column,
    labelled,
    name,
    restyle,
    row,
    show_if,
)

W = TypeVar("W", bound=QWidget)
_MARGIN, _LEAST = 36, 320


class EntryPage(QScrollArea):
    """Fill `body` by `field`; a field's errors stand below it, others above the buttons."""

    stopped = Signal()
    """The person no longer wants to wait for what `set_busy` told of."""
    kept = False
    """Whether somebody comes back to it, and takes it away in the end: then it outlives the next page."""
    takes_file = False
    """Whether an enrolment file may be dropped here: nothing typed would be lost."""

    def __init__(self, title: str, text: str = "", parent: QWidget | None = None, *, width: int = 440) -> None:
        super().__init__(parent)
        self._width = width
        self._fields: dict[str, tuple[QWidget, PlainLabel]] = {}
        self._focus_before: QWidget | None = None
        self._below: list[QLayout] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = PlainLabel(title, "display", wrap=True)
        self.lead = PlainLabel(text, "muted", wrap=True)
        show_if(self.lead, bool(text))
        self.body: QVBoxLayout = column(spacing=14)
        self._inside = QWidget()
        self._inside.setLayout(self.body)
        self.banner = Banner("danger")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 0)
        self.progress.hide()
        name(self.progress, self.tr("Progress"))
        self.working = PlainLabel("", "muted", wrap=True)
        self.working.hide()
        self.stop = Button(self.tr("Cancel"))
        self.stop.hide()
        self.stop.clicked.connect(self.stopped)
        told = row(self.working, self.stop)
        told.setStretch(0, 1)
        self.buttons = row(spacing=8)
        self._column = QWidget()
        self._head = column(self.title, self.lead, spacing=6)
        self._foot = column(self.banner, self.progress, told, self.buttons, spacing=10)
        self._column.setLayout(column(self._head, self._inside, self._foot, spacing=20))
        page = QWidget()
        page.setProperty("role", "page")
        box = row(None, column(None, self._column, None), None)
        margin = current_theme().px(_MARGIN)
        box.setContentsMargins(margin, margin, margin, margin)
        page.setLayout(box)
        self.setWidget(page)
        self.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        current_theme().changed.connect(self._fit)
        self._fit()
        self._primary: Button | None = None

    @property
    def fields(self) -> Collection[str]:
        """What the fields are called by `AppError.field`."""
        return self._fields.keys()

    def keep(self) -> None:
        """Let it outlive the next page, out of sight until it is shown."""
        self.kept = True
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether it takes no input now."""
        return not self._inside.isEnabled()

    def show_file_over(self, over: bool) -> None:
        """Whether an enrolment file hovers over the window now; for pages with a place for it."""

    def first(self) -> QWidget | None:
        """Where the cursor goes when the page is shown."""
        return None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = self.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stop.isVisible():
            self.stop.click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # A key held down must not press what comes next, such as the way back out of what it began.
            if event.isAutoRepeat():
                return
            focused = self.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
            elif self._primary is not None and self._primary.isEnabled():
                self._primary.click()
        else:
            super().keyPressEvent(event)

    def field(self, key: str, label: str, widget: W, hint: str = "", *, to: QVBoxLayout | None = None) -> QWidget:
        """Put a field under its label; `key` is what `AppError.field` calls it. Returns the whole block."""
        error = PlainLabel("", "danger", wrap=True, selectable=True)
        error.hide()
        block = QWidget()
        block.setLayout(column(labelled(label, widget, hint), error, spacing=4))
        (to or self.body).addWidget(block)
        self._fields[key] = (widget, error)
        if isinstance(widget, QLineEdit):
            widget.textEdited.connect(lambda _: self._clear(key))
        return block

    def pair(self, *fields: tuple[str, str, QWidget]) -> None:
        """Fields side by side, each as (key, label, widget)."""
        both = row(spacing=14)
        for key, label, widget in fields:
            box = column(spacing=0)
            self.field(key, label, widget, to=box)
            box.addStretch(1)
            both.addLayout(box, 1)
        self.body.addLayout(both)

    def add_primary(self, text: str) -> Button:
        """The button that Return presses."""
        self._primary = Button(text, "primary")
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._primary)
        return self._primary

    def add_above(self, item: QLayout) -> None:
        """A picture over the heading."""
        self._head.insertLayout(0, item)

    def add_below(self, item: QLayout) -> None:
        """Links and the like under the buttons."""
        self._foot.addLayout(item)
        self._below.append(item)

    def show_error(self, error: AppError) -> None:
        """Tell it where it belongs and put the cursor there."""
        self.clear_errors()
        known = self._fields.get(error.field or "")
        if known is None:
            self.banner.show_error(error)
            self.ensureWidgetVisible(self.banner)
            return
        widget, label = known
        title, what, advice = problem_texts(error)
        words = f"{title}. " + " ".join(filter(None, (what, advice)))
        label.setText(words)
        show_if(label, True)
        _mark(widget, True)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(widget, QLineEdit):
            widget.selectAll()
        self.ensureWidgetVisible(label)
        announce(widget, words)

    def error_text(self) -> str:
        """All errors that are on the page now."""
        told = [label.text() for _, label in self._fields.values() if not label.isHidden()]
        return "\n".join(filter(None, (*told, self.banner.text())))

    def clear_errors(self) -> None:
        self.banner.clear()
        for key in self._fields:
            self._clear(key)

    def set_busy(self, words: str | None, *, may_stop: bool = False) -> None:
        """Say what is going on and take no input; None gives the page back. `may_stop` offers a way out (Esc)."""
        busy = words is not None
        if busy:
            self._focus_before = self.focusWidget()
        self._inside.setEnabled(not busy)
        for layout in (self.buttons, *self._below):
            _enable(layout, not busy)
        self.progress.setRange(0, 0)
        show_if(self.progress, busy)
        show_if(self.working, busy)
        show_if(self.stop, busy and may_stop)
        self.working.setText(words or "")
        if busy and may_stop:
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        if not busy and self._focus_before is not None:
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._focus_before = None

    def set_progress(self, done: int, of: int) -> None:
        """How far the work has come."""
        self.progress.setRange(0, of)
        self.progress.setValue(done)

    def _clear(self, key: str) -> None:
        widget, label = self._fields[key]
        label.hide()
        _mark(widget, False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As wide as it is meant to be, or as the window has room: nothing scrolls sideways."""
        px = current_theme().px
        room = max(self.viewport().width() - 2 * px(_MARGIN), px(_LEAST))
        self._column.setFixedWidth(min(px(self._width), room))


def _enable(layout: QLayout, enabled: bool) -> None:
    # Not by the layout's items: PySide remembers those that are gone, and takes for one whatever lies there next.
    above = layout.parentWidget()
    if above is None:
        return
    for widget in above.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if layout.indexOf(widget) >= 0:
            widget.setEnabled(enabled)


def _mark(widget: QWidget, invalid: bool) -> None:
    if bool(widget.property("invalid")) != invalid:
        widget.setProperty("invalid", invalid)
        restyle(widget)
