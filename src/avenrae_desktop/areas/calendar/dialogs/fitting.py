"""A form that is always as tall as what it holds."""

from PySide6.QtCore import QEvent, QObject, QTimer

from avenrae_desktop.qtkit.dialogs import FormDialog


class Fitting(QObject):
    """Follows the form's layout: parts that come and go leave no gap and hide nothing.

    Qt settles nested layouts over several passes; only after the last one is the height right.
    """

    def __init__(self, form: FormDialog) -> None:
        super().__init__(form)
        self._form = form
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fit)
        form.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._soon.start(0)
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        layout = self._form.layout()
        if layout is not None and self._form.isVisible():
            # Not adjustSize: it counts the lines of wrapped texts at their narrowest.
            self._form.resize(self._form.width(), layout.totalHeightForWidth(self._form.width()))
