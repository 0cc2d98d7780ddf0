"""Takes everything off the screen and puts it back exactly as it was."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QWidget


class Cover:
    """Dialogs are hidden, not closed: what is half typed in them stays, and so does who waits for them."""

    def __init__(self, window: QWidget, places: QStackedWidget, lock_page: QWidget) -> None:
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
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
            if QApplication.activePopupWidget() is popup:
                break
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                self._hidden.append((widget, widget.windowModality()))
                widget.hide()
        self._before = self._places.currentWidget()
        self._places.setCurrentWidget(self._page)
        # Some systems leave the keyboard with the window that was just hidden.
        self._window.activateWindow()

    def take_off(self) -> None:
        """Everything as it was, the cursor too."""
        if self._before is None:
            return
        self._places.setCurrentWidget(self._before)
        self._before = None
        hidden, self._hidden = self._hidden, []
        for dialog, modality in hidden:
            _show(dialog, modality)
        focus, self._focus = self._focus, None
        try:
            if focus is not None:
                focus.window().activateWindow()
                focus.setFocus(Qt.FocusReason.OtherFocusReason)
        except RuntimeError:
            # It went while nobody looked, such as a list that was read again.
            return

    def throw_away(self) -> None:
        """The session is over: hidden dialogs are closed for good."""
        hidden, self._hidden = self._hidden, []
        self._before = self._focus = None
        for dialog, _ in hidden:
            try:
                dialog.deleteLater()
            except RuntimeError:
                # Its window took it along.
                continue


def _show(dialog: QDialog, modality: Qt.WindowModality) -> None:
    try:
        dialog.setWindowModality(modality)
        dialog.show()
    except RuntimeError:
        # It was closed meanwhile by what it waited for.
        return
