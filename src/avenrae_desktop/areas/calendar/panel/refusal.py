"""A change that the calendar refused: why, the nearest times that are free, and how to insist."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.problems import OUTSIDE_HOURS, TAKEN
from avenrae_desktop.areas.calendar.queries import FreeTime
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.time import TIME_TWICE
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import (
    Button,
    IconButton,
    IconLabel,
    LineEdit,
    PlainLabel,
    announce,
    column,
    name,
    row,
)


@dataclass(frozen=True, slots=True)
class Retry:
    """The same change asked for again: at another time, at one of two equal times, or with a reason."""

    time: FreeTime | None = None
    second: bool | None = None
    outside_hours_reason: str = ""
    overbooking_reason: str = ""


def answers(error: AppError) -> bool:
    """Whether the refusal offers a way on that this bar can show."""
    return error.problem in (TAKEN, OUTSIDE_HOURS, TIME_TWICE)


class RefusalBar(QFrame):
    """Stands under the calendar until one of its ways is taken, or Esc."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._error: AppError | None = None
        self._retry: Callable[[Retry], object] | None = None
        self._before: QWidget | None = None
        self.title = PlainLabel("", "strong", wrap=True)
        self.what = PlainLabel("", wrap=True)
        self.close_button = IconButton("x", self.tr("Close"), size=16)
        self.close_button.clicked.connect(self.dismiss)
        self.ways: list[Button] = []
        self._ways = row(spacing=8)
        self.reason = LineEdit(self.tr("Reason to book it anyway"))
        name(self.reason, self.tr("Reason to book it anyway"))
        self.insist = Button(self.tr("Book anyway"))
        self.insist.clicked.connect(self._insist)
        self.reason.returnPressed.connect(self._insist)
        top = row(IconLabel("triangle-alert", current_theme().tokens.tone("warning").bar), spacing=10)
        top.addLayout(column(self.title, self.what, spacing=2), 1)
        top.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(top, self._ways, row(self.reason, self.insist), spacing=10, margins=12))
        self.hide()

    def refuse(
        self, error: AppError, zone: ZoneInfo, today: date, *, may_insist: bool, retry: Callable[[Retry], object]
    ) -> None:
        """Show what stands in the way. `retry` is called once, with the way that was chosen."""
        self._error, self._retry = error, retry
        title, what, _ = problem_texts(error)
        self.title.setText(title)
        self.what.setText(what)
        self._offer(error, zone, today)
        insisting = may_insist and error.problem in (TAKEN, OUTSIDE_HOURS)
        self.reason.clear()
        self.reason.setVisible(insisting)
        self.insist.setVisible(insisting)
        if self.isHidden():
            self._before = self.window().focusWidget()
        self.show()
        first: QWidget = self.ways[0] if self.ways else self.reason if insisting else self.close_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{title}. {what}")

    def dismiss(self) -> None:
        """Put it away; the change is forgotten."""
        self._retry = None
        before, self._before = self._before, None
        had_focus = self.isAncestorOf(self.window().focusWidget() or self)
        self.hide()
        if had_focus and before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _offer(self, error: AppError, zone: ZoneInfo, today: date) -> None:
        for button in self.ways:
            self._ways.removeWidget(button)
            button.deleteLater()
        while self._ways.count():
            self._ways.takeAt(0)
        self.ways = []
        if error.problem is TIME_TWICE:
            first, second = self.tr("The first {time}"), self.tr("The second {time}")
            for words_of, is_second in ((first, False), (second, True)):
                self._add(words_of.format(time=words.time_text(error.params["time"])), Retry(second=is_second))
        alternatives: tuple[Any, ...] = tuple(error.params.get("alternatives") or ())
        for free in alternatives:
            self._add(words.moment_text(free.starts_at, zone, today), Retry(time=free, second=free.second))
        self._ways.addStretch(1)

    def _add(self, text: str, way: Retry) -> None:
        button = Button(text)
        button.clicked.connect(lambda: self._take(way))
        self.ways.append(button)
        self._ways.addWidget(button)

    def _insist(self) -> None:
        text = self.reason.text().strip()
        if not text:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._error is not None and self._error.problem is TAKEN:
            self._take(Retry(overbooking_reason=text))
        else:
            self._take(Retry(outside_hours_reason=text))

    def _take(self, way: Retry) -> None:
        retry = self._retry
        self.dismiss()
        if retry is not None:
            retry(way)
