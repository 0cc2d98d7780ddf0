"""What a new password still lacks, told while it is typed."""

import unicodedata
from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QLineEdit, QWidget

from avenrae_desktop.areas.accounts.passwords import MAX_BYTES, MIN_CHARACTERS, checked_password
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.qtkit.widgets import IconLabel, PlainLabel, column, row

_GOOD, _OPEN, _BAD = "circle-check", "circle", "circle-x"


class _Line(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.mark = IconLabel(_OPEN, "muted", 14)
        self.words = PlainLabel("", "small", wrap=True)
        box = row(self.mark, self.words, spacing=6)
        box.setStretch(1, 1)
        self.setLayout(box)

    def say(self, words: str, state: str) -> None:
        role = {_GOOD: "positive_ink", _BAD: "danger"}.get(state, "muted")
        self.mark.set_icon(state, role)
        self.words.setText(words)


class PasswordRules(QWidget):
    """Watches a password and its repetition. Hints only: what counts is checked when it is used."""

    def __init__(self, password: QLineEdit, again: QLineEdit, names: Callable[[], Iterable[str]] = tuple) -> None:
        super().__init__()
        self._password, self._again, self._names = password, again, names
        self._length, self._same = _Line(), _Line()
        self.setLayout(column(self._length, self._same, spacing=3))
        for field in (password, again):
            field.textChanged.connect(self.look)
        self.look()

    def matches(self) -> bool:
        """Whether both fields hold the same password."""
        return self._password.text() == self._again.text()

    def look(self) -> None:
        """Say where the password stands now."""
        self._length.say(*self._about_password())
        same = self.matches() and bool(self._password.text())
        differs = bool(self._again.text()) and not self._password.text().startswith(self._again.text())
        words = self.tr("The two do not match yet") if differs else self.tr("Both the same")
        self._same.say(words, _GOOD if same else _BAD if differs else _OPEN)

    def texts(self) -> tuple[str, str]:
        return self._length.words.text(), self._same.words.text()

    def _about_password(self) -> tuple[str, str]:
        typed = unicodedata.normalize("NFC", self._password.text())
        size = len(typed.encode("utf-8", "replace"))
        if size > MAX_BYTES:
            text = self.tr("Too long: {size} of at most {limit} bytes (an emoji takes 4)")
            return text.format(size=size, limit=MAX_BYTES), _BAD
        if len(typed) < MIN_CHARACTERS:
            text = self.tr("At least {limit} characters ({count} so far); three or four unrelated words are good")
            return text.format(limit=MIN_CHARACTERS, count=len(typed)), _OPEN
        try:
            checked_password(typed, [name for name in self._names() if name])
        except AppError as error:
            return problem_texts(error)[1], _BAD
        long = len(typed) >= MIN_CHARACTERS + 6
        return (
            self.tr("Long enough, and a strong one") if long else self.tr("Long enough; longer is stronger")
        ), _GOOD
