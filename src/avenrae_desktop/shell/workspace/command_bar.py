"""The field at the top that finds clients, bookings and actions, and the list of hits below it."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QListView, QWidget

from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import (
    KeyHint,
    LineEdit,
    PlainLabel,
    announce,
    column,
    name,
    row,
    show_as_search,
)
from avenrae_desktop.shell.workspace.finder import Finder, Hit
from avenrae_desktop.shell.workspace.hit_look import HitLook

_PAUSE_MS = 90
Index = QModelIndex | QPersistentModelIndex


class HitModel(QAbstractListModel):
    """Hits with a heading row (None) before each group's first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Hit | str] = []

    def show(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.rows = []
        group = None
        for hit in hits:
            if hit.group != group:
                group = hit.group
                self.rows.append(group)
            self.rows.append(hit)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row_ = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row_
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row_ if isinstance(row_, str) else ", ".join(filter(None, (row_.title, row_.detail, row_.key)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def step(self, at: int, by: int) -> int:
        """The next hit from a row on, headings left out; stays at the ends."""
        to = at + by
        while 0 <= to < len(self.rows):
            if not isinstance(self.rows[to], str):
                return to
            to += by
        return at


class CommandBar(LineEdit):
    """Ctrl+K puts the cursor here; arrows and Return choose, Esc goes back to where one was."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Search clients and bookings, or type a command"), parent=parent)
        self._runner = runner
        self._finder: Finder | None = None
        self._before: QWidget | None = None
        self.setProperty("role", "search")
        name(self, self.tr("Search clients, bookings and commands"))
        show_as_search(self)
        hint = row(None, KeyHint(self.tr("Ctrl+K")))
        hint.setContentsMargins(0, 0, current_theme().px(8), 0)
        self.setLayout(hint)
        self._fit()
        current_theme().changed.connect(self._fit)
        self.model = HitModel(self)
        self.list = QListView()
        self.popup = QFrame(parent)
        self._build_popup()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.textChanged.connect(lambda _: self._pause.start())

    def _fit(self) -> None:
        """What is typed does not run under the key at the right."""
        self.setTextMargins(0, 0, current_theme().px(60), 0)

    def use(self, finder: Finder, over: QWidget) -> None:
        """What to search with, and the widget over which the hits float."""
        self._finder = finder
        self.popup.setParent(over)

    def begin(self) -> None:
        """Start a search; the old words are selected, so that typing replaces them."""
        focused = QApplication.focusWidget()
        if focused is not self:
            self._before = focused
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._open()

    def look(self) -> None:
        """Find what is typed."""
        self._pause.stop()
        if self._finder is not None and self.popup.isVisible():
            self._runner.start(self._look(self.text()), self)

    async def _look(self, text: str) -> None:
        assert self._finder is not None  # noqa: S101 - checked where it is started
        self._show(await self._finder.find(text))

    def _build_popup(self) -> None:
        self.popup.setProperty("role", "popup")
        self.popup.hide()
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitLook(self.list))
        self.list.setProperty("role", "plain")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name(self.list, self.tr("Found"))
        self.list.entered.connect(self._on_entered)
        self.list.clicked.connect(lambda index: self._run(index.row()))
        self._nothing = PlainLabel(self.tr("Nothing found. Try part of a name, phone or e-mail."), "muted")
        keys = row(
            KeyHint("↑ ↓"), PlainLabel(self.tr("choose"), "small"), KeyHint(self.tr("Enter")),
            PlainLabel(self.tr("open"), "small"), KeyHint(self.tr("Esc")), PlainLabel(self.tr("close"), "small"),
            None, spacing=6,
        )  # fmt: skip
        px = current_theme().px
        keys.setContentsMargins(px(8), px(4), px(8), px(2))
        self.popup.setLayout(column(self._nothing, self.list, keys, spacing=4, margins=6))

    def _open(self) -> None:
        if self._finder is None:
            return
        self._show(self._finder.actions(self.text()) if not self.text().strip() else ())
        self.popup.show()
        self.popup.raise_()
        self.look()

    def _show(self, hits: Sequence[Hit]) -> None:
        self.model.show(hits)
        self._nothing.setVisible(not hits and bool(self.text().strip()))
        self._choose(self.model.step(-1, 1))
        self._place()

    def _place(self) -> None:
        over = self.popup.parentWidget()
        if over is None:
            return
        look = self.list.itemDelegate()
        assert isinstance(look, HitLook)  # noqa: S101
        px = current_theme().px
        wanted = look.height_of(self.model.rows) + px(4)
        at = self.mapTo(over, QPoint(0, self.height() + px(6)))
        most = over.height() - at.y() - px(80)
        self.list.setFixedHeight(max(px(8), min(wanted, most)))
        self.popup.setFixedWidth(max(self.width(), px(520)))
        self.popup.adjustSize()
        self.popup.move(at)

    def _choose(self, number: int) -> None:
        index = self.model.index(max(number, 0), 0)
        self.list.setCurrentIndex(index)
        if 0 <= number < len(self.model.rows):
            words = str(self.model.data(index))
            self.setAccessibleDescription(words)
            if self.hasFocus():
                announce(self, words)

    def _on_entered(self, index: QModelIndex) -> None:
        if not isinstance(self.model.rows[index.row()], str):
            self.list.setCurrentIndex(index)

    def _run(self, number: int) -> None:
        if not 0 <= number < len(self.model.rows):
            return
        hit = self.model.rows[number]
        if isinstance(hit, Hit):
            self.leave()
            self.clear()
            hit.act()

    def leave(self) -> None:
        """Close the list and go back to where one was."""
        self.popup.hide()
        before, self._before = self._before, None
        try:
            if before is not None and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        except RuntimeError:
            # That widget has gone meanwhile.
            pass
        self.clearFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps:
            if not self.popup.isVisible():
                self._open()
            self._choose(self.model.step(self.list.currentIndex().row(), steps[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.leave()
        else:
            if not self.popup.isVisible() and event.text():
                self._open()
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.popup.isVisible():
            self._open()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.popup.hide()

    def event(self, event: QEvent) -> bool:
        # One-letter keys of the panel below must not take what is typed here.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)
