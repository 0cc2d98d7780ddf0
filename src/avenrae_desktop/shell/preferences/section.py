"""One page of the settings: a heading, cards with rows of "what it is" and "change it"."""

from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Card, PlainLabel, column, row


class SettingsSection(QScrollArea):
    """Fill `box` with cards."""

    def __init__(self, title: str, lead: str = "") -> None:
        super().__init__()
        self.title = title
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(title)
        self.box = column(spacing=14)
        words = column(PlainLabel(title, "title"), spacing=2)
        if lead:
            words.addWidget(PlainLabel(lead, "muted", wrap=True))
        self._column = QWidget()
        self._column.setLayout(column(words, self.box, spacing=16))
        page = QWidget()
        page.setProperty("role", "page")
        box = row(margins=24)
        box.addLayout(column(self._column, None), 100)
        box.addStretch(1)
        page.setLayout(box)
        self.setWidget(page)
        current_theme().changed.connect(self._fit)
        self._fit()

    def card(self, title: str) -> Card:
        """Add a card with a heading."""
        card = Card(spacing=12)
        if title:
            card.box.addWidget(PlainLabel(title, "heading"))
        self.box.addWidget(card)
        return card

    def _fit(self) -> None:
        self._column.setMinimumWidth(current_theme().px(400))
        self._column.setMaximumWidth(current_theme().px(760))


def setting_row(title: str, detail: str, *controls: QWidget) -> QWidget:
    """What it is at the left, the controls at the right."""
    what = PlainLabel(title, "strong")
    if controls and isinstance(controls[0], QComboBox):
        what.setBuddy(controls[0])
    words = column(what, spacing=1)
    if detail:
        words.addWidget(PlainLabel(detail, "muted", wrap=True))
    line = QWidget()
    box = row(spacing=8)
    box.addLayout(words, 1)
    for control in controls:
        box.addWidget(control)
    line.setLayout(box)
    return line
