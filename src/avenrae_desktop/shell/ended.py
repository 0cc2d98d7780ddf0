"""When the session ends without being asked: why, and what was typed and could not be saved."""

from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.dialogs import forms_unsaved
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, IconLabel, PlainLabel, column, labelled, row


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A form that was open, and what somebody had typed into it."""

    title: str
    about: str
    """Whom it is about, such as a client."""
    typed: tuple[tuple[str, str], ...]

    def text(self) -> str:
        head = " · ".join(filter(None, (self.title, self.about)))
        return "\n".join((head, *(f"    {label}: {text}" for label, text in self.typed)))


def unsaved_forms() -> tuple[Unsaved, ...]:
    """The forms with something in them that is not saved, those behind the lock and those that wait too."""
    return tuple(Unsaved(form.windowTitle(), form.about, form.typed()) for form in forms_unsaved())


class EndedDialog(QDialog):
    """Over the first page, after the practice was left. `private`: only the titles of the forms are shown."""

    def __init__(
        self, error: AppError, unsaved: tuple[Unsaved, ...], parent: QWidget, *, private: bool = False
    ) -> None:
        super().__init__(parent)
        title, what, advice = problem_texts(error)
        self.setWindowTitle(title)
        self.setMinimumWidth(current_theme().px(460))
        words = column(PlainLabel(title, "heading", wrap=True), spacing=6)
        for text in filter(None, (what, advice)):
            words.addWidget(PlainLabel(text, wrap=True, selectable=True))
        words.addStretch(1)
        head = row(column(IconLabel("log-out", "danger", 22), None), words, spacing=14)
        head.setStretch(1, 1)
        whole = column(head, spacing=16, margins=20)
        self.setLayout(whole)
        self.ok = Button(self.tr("OK"), "primary")
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        foot = row(None, self.ok, spacing=8)
        self.unsaved = QPlainTextEdit()
        if unsaved:
            shown = [each.title for each in unsaved] if private else [each.text() for each in unsaved]
            self.unsaved.setPlainText("\n\n".join(shown))
            self.unsaved.setReadOnly(True)
            self.unsaved.setTabChangesFocus(True)
            self.unsaved.setFixedHeight(current_theme().px(160))
            whole.addWidget(labelled(self.tr("&Not saved"), self.unsaved))
            self.copy = Button(self.tr("&Copy"), icon="copy")
            self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.unsaved.toPlainText()))
            foot.insertWidget(0, self.copy)
        whole.addLayout(foot)
        self.ok.setFocus()
