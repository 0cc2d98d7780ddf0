"""The middle part of a form: as tall as its fields wish, and scrolling where the screen has no room."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from avenrae_desktop.qtkit.theme import current_theme

_LEAST = 160  # px: two fields can still be seen


class Middle(QScrollArea):
    """Wishes for the height of what is inside, so that it scrolls only when it must."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.setProperty("role", "page")
        inside.installEventFilter(self)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)

    def sizeHint(self) -> QSize:
        return QSize(self._inside.sizeHint().width(), self._wanted())

    def minimumSizeHint(self) -> QSize:
        return QSize(
            self._inside.minimumSizeHint().width() + self._bar_room(),
            min(self._wanted(), current_theme().px(_LEAST)),
        )

    def _bar_room(self) -> int:
        """What the scroll bar takes of the width: nothing scrolls sideways."""
        bar = self.verticalScrollBar()
        return bar.sizeHint().width() if bar.maximum() > 0 else 0

    def _on_range(self, _low: int, _high: int) -> None:
        self.updateGeometry()

    def _wanted(self) -> int:
        layout = self._inside.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(max(self.width(), self._inside.minimumSizeHint().width()))
        return self._inside.sizeHint().height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
