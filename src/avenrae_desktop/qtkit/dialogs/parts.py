"""Small parts of every form: the question before typing is lost, marks of wrong fields, what a field says."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from avenrae_desktop.qtkit.widgets import Banner, Button, restyle, row

if TYPE_CHECKING:
    from avenrae_desktop.qtkit.dialogs.form import FormDialog


class Question(Banner):
    """Asks, inside the form, whether what was typed may be thrown away."""

    def __init__(self, form: "FormDialog") -> None:
        super().__init__("warning", form)
        self._title.setText(self.tr("Close without saving?"))
        self._text.setText(self.tr("What you typed here is not saved yet."))
        self._advice.hide()
        self.keep = Button(self.tr("Keep editing"))
        self.throw = Button(self.tr("Discard"), "danger")
        self.keep.clicked.connect(form.reject)
        self.throw.clicked.connect(form.discard)
        self.box.addLayout(row(self.keep, self.throw, spacing=8))


def text_in(widget: QWidget) -> str:
    """What a field says."""
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText().strip()
    if isinstance(widget, QComboBox):
        return widget.currentText().strip()
    if isinstance(widget, QLineEdit):
        # A password stays one while its eye shows it.
        secret = bool(widget.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData)
        return "" if secret or widget.echoMode() != QLineEdit.EchoMode.Normal else widget.text().strip()
    if isinstance(widget, QAbstractButton):
        return "✓" if widget.isChecked() else "–"
    text = getattr(widget, "text", None)
    return str(text()).strip() if callable(text) else ""


_FIRST_FIELDS = (QLineEdit, QComboBox, QPlainTextEdit, QSpinBox, QAbstractButton)


def focus_first_in(inside: QWidget) -> None:
    """Put the keyboard on the first field that takes it."""
    form = inside.window()
    for widget in inside.findChildren(QWidget):
        takes_it = widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if isinstance(widget, _FIRST_FIELDS) and widget.isVisibleTo(form) and takes_it:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return


def mark(widget: QWidget, invalid: bool) -> None:
    """Mark a field as wrong, or no longer."""
    if bool(widget.property("invalid")) != invalid:
        widget.setProperty("invalid", invalid)
        restyle(widget)
