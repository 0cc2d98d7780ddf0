"""What the set-up will do on the server, then doing it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.qtkit.widgets import Button, Card, FactRow
from avenrae_desktop.shell.entry.page import EntryPage


class PlanPage(EntryPage):
    """Emits `accepted` or `cancelled`. After a fault the same button goes on where it stopped."""

    accepted = Signal()
    cancelled = Signal()

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, width=550)
        self.title.setText(self.tr("This will be done"))
        self.lead.setText(self.tr("Nothing on the server has been changed so far."))
        self.lead.setVisible(True)
        card = Card(margins=16, spacing=10)
        for step in steps:
            card.box.addWidget(FactRow("arrow-right", step))
        self.body.addWidget(card)
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self.cancelled)
        self.buttons.addWidget(self.back)
        self.go = self.add_primary(self.tr("Set up now"))
        self.go.clicked.connect(self._submit)

    def first(self) -> QWidget:
        return self.go

    def show_stop(self, error: AppError) -> None:
        """Tell why it stopped, and that it can go on."""
        title, what, advice = problem_texts(error)
        going_on = self.tr("What was done so far stays on the server; “Go on” does the rest.")
        self.lead.setText(self.tr("The set-up stopped before its end."))
        self.go.setText(self.tr("Go on"))
        self.banner.tell(title, what, f"{advice} {going_on}".strip(), tone="danger")
        self.ensureWidgetVisible(self.banner)
        self.go.setFocus()

    def _submit(self) -> None:
        self.clear_errors()
        self.lead.setText(self.tr("It is being done now."))
        self.accepted.emit()
