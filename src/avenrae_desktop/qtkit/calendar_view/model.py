"""The cards as items, so that assistive programs find each of them by its name."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from avenrae_desktop.qtkit.calendar_view.board import Board, Card

_NO_PARENT = QModelIndex()


class CardModel(QAbstractListModel):
    """Rows are the board's cards in its order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[Card, ...] = ()
        self._rows: dict[str, list[int]] = {}

    def show(self, board: Board) -> None:
        self.beginResetModel()
        self._cards = board.cards
        self._rows = {}
        for row, card in enumerate(board.cards):
            self._rows.setdefault(card.key, []).append(row)
        self.endResetModel()

    def rows_of(self, key: str) -> list[int]:
        """All parts of one booking; more than one when it runs over midnight."""
        return self._rows.get(key, [])

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._cards)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.accessible
        return card.title if role == Qt.ItemDataRole.DisplayRole else None
