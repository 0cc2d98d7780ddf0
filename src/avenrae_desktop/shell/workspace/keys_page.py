"""All keys on one page (F1): every action with its keys, by where it works."""

from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Card, KeyHint, PlainLabel, column, row
from avenrae_desktop.shell.workspace.action_list import ActionList, Listed


class KeysPage(QScrollArea):
    def __init__(self, actions: ActionList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Keys"))
        actions.changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        groups: dict[str, list[Listed]] = {}
        for each in self._actions.all():
            if each.keys:
                groups.setdefault(each.group, []).append(each)
        page = QWidget()
        page.setProperty("role", "page")
        columns = [column(spacing=16), column(spacing=16)]
        heights = [0, 0]
        for group, listed in groups.items():
            shorter = heights.index(min(heights))
            columns[shorter].addWidget(_card(group, listed))
            heights[shorter] += len(listed) + 2
        for box in columns:
            box.addStretch(1)
        lead = self.tr("Everything can be done without the mouse. Ctrl+K finds any of these by its name.")
        both = row(spacing=16)
        for box in columns:
            both.addLayout(box, 1)
        head = column(PlainLabel(self.tr("Keys"), "title"), PlainLabel(lead, "muted"), spacing=2)
        page.setLayout(column(head, both, None, spacing=16, margins=20))
        self.setWidget(page)


def _card(title: str, listed: list[Listed]) -> Card:
    card = Card(spacing=6)
    card.box.addWidget(PlainLabel(title, "heading"))
    grid = QGridLayout()
    grid.setVerticalSpacing(current_theme().px(5))
    grid.setColumnStretch(0, 1)
    for i, each in enumerate(listed):
        grid.addWidget(PlainLabel(each.text, elide=True), i, 0)
        keys = row(None, *(KeyHint(key) for key in each.keys.split(", ")), spacing=4)
        grid.addLayout(keys, i, 1)
    card.box.addLayout(grid)
    return card
