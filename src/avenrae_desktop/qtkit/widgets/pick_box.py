"""Pick one of many things by typing part of it; what is on offer is asked for in the background."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets.bars import announce
from avenrae_desktop.qtkit.widgets.inputs import show_as_search

_PAUSE_MS = 120
_DETAIL = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing on offer: its words, a paler line that tells it from its like, and what it stands for."""

    text: str
    detail: str = ""
    value: Any = None


class _Choices(QStringListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.choices: tuple[Choice, ...] = ()

    def offer(self, choices: Sequence[Choice]) -> None:
        self.choices = tuple(choices)
        self.setStringList([choice.text for choice in choices])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.row() < len(self.choices):
            choice = self.choices[index.row()]
            if role == _DETAIL:
                return choice.detail
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (choice.text, choice.detail)))
        return super().data(index, role)


class _TwoLines(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = current_theme()
        return QSize(super().sizeHint(option, index).width(), theme.px(44 if index.data(_DETAIL) else 30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current_theme()
        painter.save()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.tokens.selection))
        detail = index.data(_DETAIL)
        area = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        upper = QRect(area.x(), area.y() + theme.px(4), area.width(), area.height() // 2) if detail else area
        painter.setFont(theme.font(13, "medium"))
        painter.setPen(QColor(theme.tokens.text))
        vertical = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(upper, vertical, _elided(painter, index.data(), area.width()))
        if detail:
            lower = QRect(area.x(), area.center().y(), area.width(), area.height() // 2 - theme.px(2))
            painter.setFont(theme.font(12))
            painter.setPen(QColor(theme.tokens.muted))
            painter.drawText(lower, vertical, _elided(painter, detail, area.width()))
        painter.restore()


def _elided(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)


class PickBox(QLineEdit):
    """Type to search, arrow keys and Return (or the mouse) to pick. Typing on gives the pick up again."""

    picked = Signal(object)
    cleared = Signal()
    """What was picked no longer stands."""

    def __init__(
        self,
        placeholder: str,
        source: Callable[[str], Awaitable[Sequence[Choice]]],
        runner: Runner,
        parent: QWidget | None = None,
        *,
        least: int = 2,
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        show_as_search(self)
        self._source, self._runner, self._least = source, runner, least
        self._choice: Choice | None = None
        self._asked = 0
        self._model = _Choices(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(8)
        self._completer.setWidget(self)
        self._found = QListView()
        self._found.setProperty("role", "popup")
        self._completer.setPopup(self._found)
        self._found.setItemDelegate(_TwoLines(self))
        self._found.setAccessibleName(self.tr("Found"))
        self._found.selectionModel().currentChanged.connect(self._on_current)
        self._completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(self._on_edited)
        self.textChanged.connect(self._on_changed)

    def value(self) -> Any:
        """What was picked, None when nothing stands."""
        return None if self._choice is None else self._choice.value

    def choice(self) -> Choice | None:
        return self._choice

    def choices(self) -> tuple[Choice, ...]:
        """What is on offer now."""
        return self._model.choices

    def set_choice(self, choice: Choice | None) -> None:
        """Set what is picked; emits nothing."""
        self._pause.stop()
        self._asked += 1
        self._choice = choice
        self.setText("" if choice is None else choice.text)

    def pick(self, choice: Choice) -> None:
        """Pick as the person would."""
        self.set_choice(choice)
        self._found.hide()
        self.picked.emit(choice.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._choice is None:
            if self._model.choices and not self._found.isVisible():
                self._show()
            else:
                self._search()
            return
        super().keyPressEvent(event)

    def _on_edited(self, _text: str) -> None:
        self._give_up()
        self._asked += 1
        self._pause.start()

    def _on_changed(self, text: str) -> None:
        # The clear button and programs change text without editing it.
        if self._choice is not None and text != self._choice.text:
            self._give_up()

    def _give_up(self) -> None:
        if self._choice is not None:
            self._choice = None
            self.cleared.emit()

    def _search(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if len(text) < self._least:
            self._offer(())
        else:
            self._asked += 1
            self._runner.start(self._ask(text, self._asked), self)

    async def _ask(self, text: str, number: int) -> None:
        choices = await self._source(text)
        if number == self._asked:
            self._offer(choices)

    def _offer(self, choices: Sequence[Choice]) -> None:
        self._model.offer(choices)
        if choices and self.hasFocus():
            self._show()
        else:
            self._found.hide()

    def _show(self) -> None:
        self._completer.complete()
        # An index of the list's own model: the completer puts a model of its own between ours and the list.
        self._found.setCurrentIndex(self._found.model().index(0, 0))

    def _on_current(self, index: QModelIndex) -> None:
        # Screen readers do not look into lists that drop down; the field itself tells what Return would pick.
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else ""
        self.setAccessibleDescription(str(spoken or ""))
        if spoken:
            announce(self, str(spoken))

    def _on_activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._model.choices):
            self.pick(self._model.choices[index.row()])
