"""All keys on one page (F1): every action with its keys, by where it works."""

from collections import deque

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Card, KeyHint, PlainLabel, column, row
from avenrae_desktop.shell.workspace.action_list import ActionList, Listed


class KeysPage(QScrollArea):
    def __init__(self, actions: ActionList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._waiting: deque[tuple[QVBoxLayout, str, list[Listed]]] = deque()
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
        columns = [column(None, spacing=16), column(None, spacing=16)]
        heights = [0, 0]
        self._waiting.clear()
        for group, listed in groups.items():
            shorter = heights.index(min(heights))
            self._waiting.append((columns[shorter], group, listed))
            heights[shorter] += len(listed) + 2
        lead = self.tr("Everything can be done without the mouse. Ctrl+K finds any of these by its name.")
        both = row(spacing=16)
        for box in columns:
            both.addLayout(box, 1)
        head = column(PlainLabel(self.tr("Keys"), "title"), PlainLabel(lead, "muted"), spacing=2)
        page.setLayout(column(head, both, None, spacing=16, margins=20))
        self.setWidget(page)
        self._add_next()

    def _add_next(self) -> None:
        """A card in each turn of the loop: all of them at once take longer than a few frames."""
        if self._waiting:
            box, group, listed = self._waiting.popleft()
            box.insertWidget(box.count() - 1, _card(group, listed))
            QTimer.singleShot(0, self, self._add_next)


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
