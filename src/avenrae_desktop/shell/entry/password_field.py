"""A password to type, with an eye to look at it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from avenrae_desktop.qtkit.theme import current_theme


class PasswordField(QLineEdit):
    """Hides what is typed; F8 or the eye shows it until the field is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        icon = current_theme().icon("eye", "muted", 16)
        self._eye = self.addAction(icon, QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setText(self.tr("Show password"))
        self._eye.setToolTip(self.tr("Show or hide what is typed (F8)"))
        self._eye.setShortcut("F8")
        self._eye.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._eye.triggered.connect(lambda: self._show(self.echoMode() == QLineEdit.EchoMode.Password))
        self._show(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MouseFocusReason):
            self._show(False)

    def _show(self, plain: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if plain else QLineEdit.EchoMode.Password)
        current_theme().bind_icon(self._eye, "eye-off" if plain else "eye", "muted", 16)
