"""Takes everything off the screen and puts it back exactly as it was."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QWidget
from shiboken6 import isValid


class Cover(QObject):
    """Dialogs are hidden, not closed: what is half typed in them stays, and so does who waits for them."""

    def __init__(self, window: QWidget, places: QStackedWidget, lock_page: QWidget) -> None:
        super().__init__(lock_page)
        self._window, self._places, self._page = window, places, lock_page
        self._before: QWidget | None = None
        self._focus: QWidget | None = None
        self._hidden: list[tuple[QDialog, Qt.WindowModality]] = []

    @property
    def on(self) -> bool:
        return self._before is not None

    def put_on(self) -> None:
        """Cover everything. Does nothing when it is on already."""
        if self.on:
            return
        self._focus = QApplication.focusWidget()
        _close_popups()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                self._hide(widget)
        self._before = self._places.currentWidget()
        self._places.setCurrentWidget(self._page)
        _app().installEventFilter(self)
        # Some systems leave the keyboard with the window that was just hidden.
        self._window.activateWindow()

    def take_off(self) -> None:
        """Everything as it was, the cursor too."""
        if self._before is None:
            return
        _app().removeEventFilter(self)
        self._places.setCurrentWidget(self._before)
        self._before = None
        # One may have been closed meanwhile by what it waited for.
        hidden = [(dialog, modality) for dialog, modality in self._hidden if isValid(dialog)]
        self._hidden = []
        for dialog, modality in hidden:
            dialog.setWindowModality(modality)
            dialog.show()
        self._focus_again([dialog for dialog, _ in hidden])

    def _focus_again(self, dialogs: list[QDialog]) -> None:
        focus, self._focus = self._focus, None
        if focus is not None and isValid(focus) and (not dialogs or focus.window() in dialogs):
            focus.window().activateWindow()
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        elif dialogs:
            dialogs[-1].activateWindow()

    def throw_away(self) -> None:
        """The session is over: hidden dialogs are closed for good."""
        _app().removeEventFilter(self)
        hidden, self._hidden = self._hidden, []
        self._before = self._focus = None
        for dialog, _ in hidden:
            if isValid(dialog):
                dialog.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Installed only while it is on. What was asked for just before may open a dialog only now.
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog):
            watched.setWindowOpacity(0)
            QTimer.singleShot(0, watched, lambda: self._hide_late(watched))
        return False

    def _hide_late(self, dialog: QDialog) -> None:
        dialog.setWindowOpacity(1)
        if self.on and dialog.isVisible():
            self._hide(dialog)
            self._window.activateWindow()
            self._page.setFocus()

    def _hide(self, dialog: QDialog) -> None:
        self._hidden.append((dialog, dialog.windowModality()))
        dialog.hide()


def _close_popups() -> None:
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if QApplication.activePopupWidget() is popup:
            return


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - there is no cover without one
    return app
