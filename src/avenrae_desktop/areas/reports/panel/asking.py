"""What a report is asked with: the fields above its table."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.reports.queries import Basis
from avenrae_desktop.areas.reports.words import healer_type_text
from avenrae_desktop.kernel.values import HealerType
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import (
    Choice,
    ComboBox,
    DateField,
    NumberBox,
    PickBox,
    SegmentedControl,
    labelled,
    row,
)

FindClients = Callable[[str], Awaitable[Sequence[Choice]]]
MONTHS = 60


class Asking(QWidget):
    """Shows the fields of one report; `changed` when another answer is wanted."""

    changed = Signal()

    def __init__(self, runner: Runner, today: Callable[[], date], find_clients: FindClients) -> None:
        super().__init__()
        now = today()
        self.healer_type, self.healer = ComboBox(), ComboBox()
        self.healer_type.fill([(healer_type_text(kind), kind) for kind in HealerType])
        self.client = PickBox(self.tr("Search clients"), find_clients, runner)
        self.since = DateField(now.replace(month=1, day=1), today=today, optional=True)
        self.until = DateField(None, today=today, optional=True)
        self.least = NumberBox(1, 1000)
        self.least.setValue(3)
        self.first = DateField(date(now.year - 1, now.month, 1), today=today)
        self.many = NumberBox(1, MONTHS)
        self.many.setValue(13)
        self.basis = SegmentedControl(
            self.tr("Counted by"),
            [
                (Basis.SERVICE.value, self.tr("Day of the work")),
                (Basis.PAYMENT.value, self.tr("Day of the payment")),
            ],
        )
        self._parts = {
            "healer_type": labelled(self.tr("Type of healer"), self.healer_type),
            "healer": labelled(self.tr("Healer"), self.healer),
            "client": labelled(self.tr("Client"), self.client),
            "since": labelled(self.tr("From"), self.since),
            "until": labelled(self.tr("Until, not included"), self.until),
            "least": labelled(self.tr("Reviews at least"), self.least),
            "first": labelled(self.tr("From the month of"), self.first),
            "many": labelled(self.tr("Months"), self.many),
            "basis": labelled(self.tr("Counted by"), self.basis),
        }
        line = row(*self._parts.values(), None, spacing=12)
        for part in self._parts.values():
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self._connect()

    def _connect(self) -> None:
        for box in (self.healer_type, self.healer):
            box.changed.connect(lambda _: self.changed.emit())
        for day in (self.since, self.until, self.first):
            day.changed.connect(self.changed)
        for number in (self.least, self.many):
            number.valueChanged.connect(lambda _: self.changed.emit())
        self.client.picked.connect(lambda _: self.changed.emit())
        self.client.cleared.connect(self.changed)
        self.basis.selected.connect(lambda _: self.changed.emit())

    def fields(self) -> tuple[QWidget, ...]:
        """In the order of Tab."""
        return tuple(getattr(self, each) for each in self._parts)

    def show_only(self, names: tuple[str, ...]) -> None:
        """The fields of another report."""
        # Never all at once: their widths together would push the window.
        for part in self._parts.values():
            part.hide()
        for each in names:
            self._parts[each].show()
        self.setVisible(bool(names))

    def offer_healers(self, healers: Sequence[tuple[str, UUID]]) -> None:
        self.healer.fill(healers)

    def values(self, names: tuple[str, ...]) -> dict[str, Any] | None:
        """What was answered; None while something is missing or not understood."""
        found: dict[str, Any] = {}
        for each in names:
            if each == "basis":
                found[each] = Basis(self.basis.value)
                continue
            widget: Any = getattr(self, each)
            may_be_empty = isinstance(widget, DateField) and widget.is_valid()
            found[each] = widget.value()
            if found[each] is None and not may_be_empty:
                return None
        return found
