"""After sign-in: what was not saved last time, to go on with, to copy, or to throw away."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QScrollArea, QSizePolicy, QWidget

from avenrae_desktop.kernel.time import Clock
from avenrae_desktop.qtkit.dialogs.draft import Draft
from avenrae_desktop.qtkit.moments import full_day_text, time_text
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import (
    Banner,
    Button,
    Card,
    IconLabel,
    PlainLabel,
    column,
    labelled,
    row,
    show_if,
)

MOST_SEEN = 3


class DraftsDialog(QDialog):
    """Accepted, the person wants something: `go_on` or `throw` is the draft. Else they decide another time."""

    def __init__(
        self, drafts: Sequence[tuple[Draft, bool]], clock: Clock, parent: QWidget, *, failed: str = ""
    ) -> None:
        """`drafts` with whether their form can be opened again; `failed` says what went wrong with one."""
        super().__init__(parent)
        self._clock = clock
        self.go_on: Draft | None = None
        self.throw: Draft | None = None
        px = current_theme().px
        title = self.tr("Not saved last time")
        self.setWindowTitle(title)
        self.setMinimumWidth(px(560))
        text = self.tr("The program was left before this was saved. It was kept for you on this computer, sealed.")
        words = column(PlainLabel(title, "title"), PlainLabel(text, "muted", wrap=True), spacing=6)
        head = row(column(IconLabel("history", "accent", 24), None), words, spacing=14)
        head.setStretch(1, 1)
        self.banner = Banner("warning")
        self.typed = QPlainTextEdit("\n\n".join(draft.text() for draft, _ in drafts))
        self.typed.setReadOnly(True)
        self.typed.setTabChangesFocus(True)
        # On a small screen the text gives way, and not the rows above it.
        self.typed.setMinimumHeight(px(56))
        self.typed.setMaximumHeight(px(132))
        self.copy = Button(self.tr("&Copy"), icon="copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.typed.toPlainText()))
        self.later = Button(self.tr("Decide later"))
        self.later.clicked.connect(self.reject)
        self.rows = [_DraftRow(draft, self, can_go_on=can, when=self._when(draft)) for draft, can in drafts]
        foot = row(self.copy, None, self.later, spacing=8)
        box = labelled(self.tr("&What was typed"), self.typed)
        self.setLayout(column(head, self.banner, self._list(), box, foot, spacing=16, margins=20))
        if failed:
            self.banner.tell(self.tr("It could not be opened again"), failed)
        first = self.rows[0].primary
        first.setDefault(True)
        first.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:
            # By itself it counts the lines of wrapped words at their widest.
            height = min(layout.totalHeightForWidth(self.width()), self.screen().availableGeometry().height())
            self.resize(self.width(), max(self.height(), height))

    def choose(self, draft: Draft, *, go_on: bool) -> None:
        """What the person wants with one of them."""
        self.go_on, self.throw = (draft, None) if go_on else (None, draft)
        self.accept()

    def _list(self) -> QWidget:
        inside = QWidget()
        inside.setLayout(column(*self.rows, spacing=8))
        if len(self.rows) <= MOST_SEEN:
            return inside
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setFixedHeight(current_theme().px(220))
        return area

    def _when(self, draft: Draft) -> str:
        at, now = draft.at.astimezone(), self._clock().astimezone()
        if at.date() == now.date():
            return self.tr("Typed today at {time}").format(time=time_text(at))
        return self.tr("Typed on {day} at {time}").format(day=full_day_text(at.date()), time=time_text(at))


class _DraftRow(Card):
    """One form: what it is, when it was typed, and what can be done with it."""

    def __init__(self, draft: Draft, dialog: DraftsDialog, *, can_go_on: bool, when: str) -> None:
        super().__init__(margins=12)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        head = " · ".join(filter(None, (draft.title, draft.about)))
        words = column(PlainLabel(head, "strong", elide=True), PlainLabel(when, "muted"), spacing=2)
        self.go_on = Button(self.tr("Go on"), "primary")
        self.throw = Button(self.tr("Throw away"))
        self.primary = self.go_on if can_go_on else self.throw
        self.go_on.setAccessibleName(f"{self.go_on.text()}: {head}")
        self.throw.setAccessibleName(f"{self.throw.text()}: {head}")
        self.go_on.clicked.connect(lambda: dialog.choose(draft, go_on=True))
        self.throw.clicked.connect(lambda: dialog.choose(draft, go_on=False))
        line = row(words, self.throw, self.go_on, spacing=8)
        line.setStretch(0, 1)
        self.box.addLayout(line)
        show_if(self.go_on, can_go_on)
