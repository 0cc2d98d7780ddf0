"""The page over a locked window: who it waits for, and the PIN or password."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import (
    Avatar,
    Button,
    Card,
    IconLabel,
    PlainLabel,
    announce,
    column,
    labelled,
    row,
    show_if,
)
from avenrae_desktop.shell.entry.password_field import PasswordField
from avenrae_desktop.shell.ground import Ground


class LockPage(Ground):
    """Emits `pin_tried(text)`, `password_tried(text)`."""

    pin_tried = Signal(str)
    password_tried = Signal(str)
    sign_out_asked = Signal()

    def __init__(self, person: str, practice: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__("rail", parent=parent)
        self._by_pin = self._leaving = False
        card = Card(margins=28, spacing=14)
        self._card = card
        head = row(None, Avatar(person, size=56), None)
        self.title = PlainLabel(person, "title", elide=True)
        self.lead = PlainLabel(practice, "muted", elide=True)
        for label in (self.title, self.lead):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pin, self.password = PasswordField(), PasswordField()
        self.pin.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self._pin_block = labelled(self.tr("&PIN"), self.pin)
        self._password_block = labelled(self.tr("&Password"), self.password)
        self.error = PlainLabel("", "danger", wrap=True)
        self.error.hide()
        self.hint = PlainLabel(hint, "small", wrap=True)
        show_if(self.hint, bool(hint))
        self.go = Button(self.tr("Unlock"), "primary", icon="lock-open")
        self.go.clicked.connect(self._try)
        self.other = Button(self.tr("Use the password"), "link")
        self.other.clicked.connect(lambda: self.ask_for(pin=not self._by_pin))
        self.leave = Button(self.tr("Sign out"), "link")
        self.leave.clicked.connect(self._leave)
        links = row(self.other, None, self.leave)
        for item in (self._pin_block, self._password_block, self.error, self.hint, self.go):
            item.setParent(card)
        card.box.addLayout(head)
        card.box.addLayout(column(self.title, self.lead, spacing=2))
        for item in (self._pin_block, self._password_block, self.error, self.hint, self.go):
            card.box.addWidget(item)
        card.box.addLayout(links)
        locked = row(None, IconLabel("lock", "rail_text", 16), _OnRail(self.tr("Locked")), None, spacing=6)
        self.setLayout(row(None, column(None, locked, card, None, spacing=14), None))
        current_theme().changed.connect(self._fit)
        self._fit()
        self._pin_possible = False

    def ask(self, *, pin_possible: bool) -> None:
        """Begin anew: by PIN where it is enough."""
        self._pin_possible = pin_possible
        self._leaving = False
        self.leave.setText(self.tr("Sign out"))
        self.error.hide()
        self.ask_for(pin=pin_possible)

    def ask_for(self, *, pin: bool) -> None:
        self._by_pin = pin and self._pin_possible
        show_if(self._pin_block, self._by_pin)
        show_if(self._password_block, not self._by_pin)
        show_if(self.other, self._pin_possible)
        self.other.setText(self.tr("Use the password") if self._by_pin else self.tr("Use the PIN"))
        self.pin.clear()
        self.password.clear()
        (self.pin if self._by_pin else self.password).setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, text: str, *, pin_possible: bool) -> None:
        """Say why it stays locked."""
        self._pin_possible = pin_possible
        self.set_busy(False)
        self.ask_for(pin=self._by_pin)
        self.error.setText(text)
        show_if(self.error, True)
        announce(self, text)

    def set_busy(self, busy: bool) -> None:
        for widget in (self.pin, self.password, self.go):
            widget.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.go.isEnabled():
            focused = self.focusWidget()
            if isinstance(focused, Button):
                focused.click()
            else:
                self._try()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.pin if self._by_pin else self.password).setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self) -> None:
        self.error.hide()
        field, signal = (self.pin, self.pin_tried) if self._by_pin else (self.password, self.password_tried)
        if field.text():
            self.set_busy(True)
            signal.emit(field.text())

    def _leave(self) -> None:
        # Asked in place: over a locked window no dialog opens.
        if self._leaving:
            self.sign_out_asked.emit()
        self._leaving = True
        self.leave.setText(self.tr("Sign out; what you typed is kept"))

    def _fit(self) -> None:
        self._card.setFixedWidth(current_theme().px(360))


class _OnRail(PlainLabel):
    """Words on the dark ground."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        current_theme().changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        self.setStyleSheet(f"color: {current_theme().tokens.rail_text};")
