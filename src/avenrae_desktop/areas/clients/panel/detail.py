"""The pane that shows one client."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from avenrae_desktop.areas.clients.queries import ClientDetail
from avenrae_desktop.areas.clients.words import age_text, date_text, gender_text
from avenrae_desktop.qtkit.link import Link
from avenrae_desktop.qtkit.open_mark import OpenMark
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import (
    Avatar,
    Button,
    FactRow,
    Pill,
    PlainLabel,
    Section,
    column,
    plain_tip,
    row,
    show_if,
)

WIDTH = 320


class ClientPane(QFrame):
    """All that is known of a client, the shell's history of them, and what can be done."""

    book_asked = Signal()
    edit_asked = Signal()
    archive_asked = Signal()
    restore_asked = Signal()

    def __init__(
        self,
        link: Link,
        today: Callable[[], date],
        history: Callable[[UUID], QWidget] | None,
        *,
        may_edit: bool,
        may_book: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self._today, self._history = today, history
        self._may_edit, self._may_book = may_edit, may_book
        self.detail: ClientDetail | None = None
        self.avatar = Avatar("", size=40)
        self.name = PlainLabel("", "title", wrap=True, selectable=True)
        self.state, self.open_mark = Pill(), OpenMark(link)
        self.born, self.gender = FactRow("cake"), FactRow("venus-and-mars")
        self.phone, self.email = FactRow("phone"), FactRow("mail")
        self.healer, self.emergency = FactRow("user-round"), FactRow("life-buoy")
        self.note = PlainLabel("", wrap=True, selectable=True)
        self._note = Section(self.tr("Note"))
        self._note.box.addWidget(self.note)
        self._past = Section(self.tr("Bookings"))
        self._shown_past: QWidget | None = None
        self.book = Button(self.tr("Book"), "primary", "calendar-plus")
        self.edit = Button(self.tr("Edit"), icon="pencil")
        self.archive = Button(self.tr("Archive"), "quiet", "archive")
        self.restore = Button(self.tr("Bring back"), icon="archive-restore")
        self._arrange()
        self._connect()
        self.show_nobody()

    def _arrange(self) -> None:
        names = column(self.name, self.state, self.open_mark, spacing=4)
        # A pill is never wider than its words; the column is.
        for pill in (self.state, self.open_mark):
            names.setAlignment(pill, Qt.AlignmentFlag.AlignLeft)
        head = row(self.avatar, names, spacing=12)
        head.setStretch(1, 1)
        facts = (self.born, self.phone, self.email, self.gender, self.healer, self.emergency)
        inside = column(head, spacing=12)
        inside.addSpacing(current_theme().px(4))
        for fact in facts:
            inside.addWidget(fact)
        inside.addWidget(self._note)
        inside.addWidget(self._past)
        inside.addStretch(1)
        page = QWidget()
        page.setProperty("role", "page")
        page.setLayout(inside)
        self.body = QScrollArea()
        self.body.setWidgetResizable(True)
        self.body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setWidget(page)
        self._inside: QVBoxLayout = inside
        self.hint = PlainLabel("", "muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for button, key in ((self.book, "B"), (self.edit, "E"), (self.archive, "Delete"), (self.restore, "R")):
            button.setToolTip(plain_tip(f"{button.text()} ({key})"))
        actions = row(self.book, self.edit, self.restore, None, self.archive, spacing=8)
        self.setLayout(column(self.body, self.hint, actions, spacing=12, margins=18))
        self._fit()
        current_theme().changed.connect(self._fit)

    def _connect(self) -> None:
        self.book.clicked.connect(self.book_asked)
        self.edit.clicked.connect(self.edit_asked)
        self.archive.clicked.connect(self.archive_asked)
        self.restore.clicked.connect(self.restore_asked)

    def show_nobody(self, hint: str = "") -> None:
        """No client is chosen; say what to do instead."""
        self.detail = None
        self.open_mark.watch("client", None)
        self._forget_past()
        self.hint.setText(hint or self.tr("Choose a client to see everything about them."))
        show_if(self.body, False)
        show_if(self.hint, True)
        for button in (self.book, self.edit, self.archive, self.restore):
            show_if(button, False)

    def show_client(self, detail: ClientDetail) -> None:
        """Show a client. What stands there already, and where the pane is scrolled to, stays."""
        again = self.detail is not None and self.detail.uuid == detail.uuid
        if detail == self.detail:
            return
        self.detail = detail
        self.open_mark.watch("client", detail.uuid)
        self.avatar.set_name(detail.name)
        self.name.setText(detail.name)
        self.state.set(self.tr("Archived") if detail.archived else "", "neutral", "archive")
        born = detail.date_of_birth
        self.born.set(date_text(born), age_text(born, self._today()) if born is not None else "")
        self.gender.set(gender_text(detail.gender) if detail.gender is not None else "")
        self.phone.set(detail.phone)
        self.email.set(detail.email)
        preferred = self.tr("Preferred healer") if detail.preferred_healer_name else ""
        self.healer.set(detail.preferred_healer_name, preferred)
        contact = "  ".join(filter(None, (detail.emergency_contact_name, detail.emergency_contact_phone)))
        self.emergency.set(contact, self.tr("In an emergency") if contact else "")
        self.note.setText(detail.note)
        show_if(self._note, bool(detail.note))
        if not again:
            self._show_past(detail.uuid)
            self.body.verticalScrollBar().setValue(0)
        show_if(self.body, True)
        show_if(self.hint, False)
        show_if(self.book, self._may_book and not detail.archived)
        show_if(self.edit, self._may_edit and not detail.archived)
        show_if(self.archive, self._may_edit and not detail.archived)
        show_if(self.restore, self._may_edit and detail.archived)

    def _show_past(self, client: UUID) -> None:
        self._forget_past()
        show_if(self._past, self._history is not None)
        if self._history is not None:
            self._shown_past = self._history(client)
            self._past.box.addWidget(self._shown_past)

    def _forget_past(self) -> None:
        if self._shown_past is not None:
            self._shown_past.hide()
            self._shown_past.deleteLater()
            self._shown_past = None

    def _fit(self) -> None:
        self.setFixedWidth(current_theme().px(WIDTH))
