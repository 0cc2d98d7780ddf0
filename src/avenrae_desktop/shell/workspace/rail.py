"""The dark strip at the left: one button for each place, settings and lock at its foot."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import column, plain_tip
from avenrae_desktop.shell.ground import Ground


class RailButton(QAbstractButton):
    """An icon over a word. A chosen place has a light ground and a mark at its edge."""

    def __init__(self, icon: str, text: str, key: str = "", *, place: bool = True) -> None:
        super().__init__()
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(place)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(plain_tip(f"{text}  ({key})" if key else text))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        current_theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(68), current_theme().px(56))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        px, tokens = theme.px, theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lively = self.isChecked() or self.underMouse() or self.isDown()
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if lively:
            ground = tokens.q("rail_selected")
            ground.setAlphaF(1.0 if self.isChecked() else 0.6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(frame, px(8), px(8))
        if self.isChecked():
            painter.setBrush(tokens.q("rail_mark"))
            painter.drawRoundedRect(QRectF(0, self.height() * 0.3, px(3), self.height() * 0.4), 1.5, 1.5)
        if self.hasFocus():
            painter.setPen(QPen(tokens.q("rail_mark"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, px(8), px(8))
        ink = "rail_on" if lively else "rail_text"
        painter.drawPixmap(round((self.width() - px(21)) / 2), px(9), theme.pixmap(self._icon, ink, 21))
        painter.setPen(tokens.q(ink))
        painter.setFont(theme.font(11.5, "medium" if self.isChecked() else "regular"))
        words = QRectF(0, px(33), self.width(), px(18))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignHCenter), self.text())
        painter.end()


class _Mark(QWidget):
    """The program's mark, for the eye alone."""

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(68), current_theme().px(48))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        side = theme.px(26)
        at = (round((self.width() - side) / 2), theme.px(6))
        painter.drawPixmap(*at, theme.pixmap("sparkles", "rail_mark", 26))
        painter.end()


class Rail(Ground):
    """Emits `chosen(key of the place)`."""

    chosen = Signal(str)
    lock_asked = Signal()

    def __init__(self) -> None:
        super().__init__("rail")
        self.setAccessibleName(self.tr("Places"))
        self._group = QButtonGroup(self)
        self.places: dict[str, RailButton] = {}
        self._upper = column(_Mark(), spacing=4)
        self._lower = column(spacing=4)
        whole = column(self._upper, None, self._lower)
        px = current_theme().px
        whole.setContentsMargins(px(8), px(8), px(8), px(10))
        self.setLayout(whole)
        self.lock = RailButton("lock", self.tr("Lock"), self.tr("Ctrl+L"), place=False)
        self.lock.clicked.connect(self.lock_asked)
        current_theme().changed.connect(self._fit)
        self._fit()

    def add(self, key: str, icon: str, text: str, shortcut: str, *, foot: bool = False) -> None:
        """Add a place; the first one is shown first."""
        button = RailButton(icon, text, shortcut)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(button)
        self.places[key] = button
        (self._lower if foot else self._upper).addWidget(button)

    def finish(self) -> None:
        """All places are there: the lock goes last."""
        self._lower.addWidget(self.lock)

    def show_chosen(self, key: str) -> None:
        """Mark a place; none of them where another page is shown."""
        self._group.setExclusive(False)
        for each, button in self.places.items():
            button.setChecked(each == key)
        self._group.setExclusive(True)

    def _fit(self) -> None:
        self.setFixedWidth(current_theme().px(84))
