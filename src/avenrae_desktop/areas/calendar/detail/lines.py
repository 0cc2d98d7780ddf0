"""Lists of bookings in the pane, whose lines stay from one booking to the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from avenrae_desktop.areas.calendar.detail.buttons import LineButton
from avenrae_desktop.qtkit.widgets import PlainLabel, show_if


@dataclass(frozen=True, slots=True)
class Line:
    """A booking to go to, and what its line says."""

    booking: UUID
    starts_at: datetime
    lead: str
    text: str
    detail: str = ""


class Lines:
    """Fills a section's box. A line is changed rather than made anew, which takes ten times as long: going from
    card to card is what people do all day.
    """

    def __init__(self, box: QVBoxLayout, choose: Callable[[UUID, datetime], object]) -> None:
        self._box, self._choose = box, choose
        self._buttons: list[LineButton] = []
        self._shown: list[Line] = []
        self._below = PlainLabel("", "small")
        box.addWidget(self._below)

    def show(self, lines: Sequence[Line], below: str = "", role: str = "small") -> None:
        """Show these, and words below them."""
        for _ in range(len(lines) - len(self._buttons)):
            self._add()
        self._shown = list(lines)
        for number, button in enumerate(self._buttons):
            if number < len(lines):
                button.say(lines[number].lead, lines[number].text, lines[number].detail)
            show_if(button, number < len(lines))
        if self._below.property("role") != role:
            self._below.set_role(role)
        self._below.setText(below)
        show_if(self._below, bool(below))

    def _add(self) -> None:
        number = len(self._buttons)
        button = LineButton("", "")
        button.clicked.connect(lambda: self._choose(self._shown[number].booking, self._shown[number].starts_at))
        self._buttons.append(button)
        self._box.insertWidget(number, button)
