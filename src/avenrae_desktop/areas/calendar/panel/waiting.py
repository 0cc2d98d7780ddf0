"""What stands over the grid while the first board is still being read."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.widgets import PlainLabel

PATIENCE_MS = 200
"""A shorter wait goes unnoticed; a word that flashes by would not."""


class Waiting(PlainLabel):
    """Says so only when it takes long: an empty grid would look like a week without bookings."""

    def __init__(self, grid: QWidget, panel: QWidget) -> None:
        # Not a child of the grid: what lies in an item view is hidden from screen readers.
        super().__init__("", "muted")
        self.setParent(panel)
        self._grid = grid
        self.setText(self.tr("Loading…"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._timer.timeout.connect(self._appear)
        grid.installEventFilter(self)
        self.hide()

    def begin(self) -> None:
        """A first read is on its way."""
        if self.isHidden() and not self._timer.isActive():
            self._timer.start()

    def end(self) -> None:
        """It came, or failed."""
        self._timer.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    def _appear(self) -> None:
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        self.setGeometry(self._grid.geometry())
