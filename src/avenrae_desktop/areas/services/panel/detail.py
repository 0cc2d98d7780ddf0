"""The pane that shows one service."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from avenrae_desktop.areas.services.queries import ServiceRow
from avenrae_desktop.areas.services.words import category_hue, category_text, minutes_text, price_text
from avenrae_desktop.qtkit.link import Link
from avenrae_desktop.qtkit.open_mark import OpenMark
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import (
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


class ServicePane(QFrame):
    """Everything about a service, and what can be done with it."""

    edit_asked = Signal()
    archive_asked = Signal()
    restore_asked = Signal()

    def __init__(self, link: Link, *, may_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self._may_edit = may_edit
        self.service: ServiceRow | None = None
        self.bar = QFrame()
        self.name = PlainLabel("", "title", wrap=True, selectable=True)
        self.category = PlainLabel("", "muted")
        self.state, self.open_mark = Pill(), OpenMark(link)
        self.lasts, self.price = FactRow("clock"), FactRow("wallet")
        self.room, self.healers = FactRow("map-pin"), FactRow("users-round")
        self.description = PlainLabel("", wrap=True, selectable=True)
        self._description = Section(self.tr("Description"))
        self._description.box.addWidget(self.description)
        self.edit = Button(self.tr("Edit"), icon="pencil")
        self.archive = Button(self.tr("Archive"), "quiet", "archive")
        self.restore = Button(self.tr("Bring back"), icon="archive-restore")
        self._arrange()
        self.edit.clicked.connect(self.edit_asked)
        self.archive.clicked.connect(self.archive_asked)
        self.restore.clicked.connect(self.restore_asked)
        self.show_none()

    def _arrange(self) -> None:
        names = column(self.name, self.category, self.state, self.open_mark, spacing=3)
        for pill in (self.state, self.open_mark):
            names.setAlignment(pill, Qt.AlignmentFlag.AlignLeft)
        head = row(self.bar, names, spacing=12)
        head.setStretch(1, 1)
        inside = column(head, spacing=12)
        inside.addSpacing(current_theme().px(4))
        for fact in (self.lasts, self.price, self.room, self.healers, self._description):
            inside.addWidget(fact)
        inside.addStretch(1)
        page = QWidget()
        page.setProperty("role", "page")
        page.setLayout(inside)
        self.body = QScrollArea()
        self.body.setWidgetResizable(True)
        self.body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setWidget(page)
        self.hint = PlainLabel("", "muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for button, key in ((self.edit, "E"), (self.archive, "Delete"), (self.restore, "R")):
            button.setToolTip(plain_tip(f"{button.text()} ({key})"))
        actions = row(self.edit, self.restore, None, self.archive, spacing=8)
        self.setLayout(column(self.body, self.hint, actions, spacing=12, margins=18))
        self._fit()
        current_theme().changed.connect(self._fit)

    def show_none(self, hint: str = "") -> None:
        """No service is chosen; say what to do instead."""
        self.service = None
        self.open_mark.watch("service", None)
        self.hint.setText(hint or self.tr("Choose a service to see everything about it."))
        show_if(self.body, False)
        show_if(self.hint, True)
        for button in (self.edit, self.archive, self.restore):
            show_if(button, False)

    def show_service(self, service: ServiceRow, currency: str) -> None:
        """Show a service with its price in this currency."""
        self.service = service
        self.open_mark.watch("service", service.uuid)
        self.name.setText(service.service_name)
        self.category.setText(category_text(service.service_category))
        self.state.set(self.tr("Archived") if service.archived else "", "neutral", "archive")
        self.lasts.set(minutes_text(service.duration_minutes), self._buffers(service))
        self.price.set(price_text(service.price, currency))
        self.room.set(service.room_name)
        self.healers.set("\n".join(service.healer_names))
        self.description.setText(service.description)
        show_if(self._description, bool(service.description))
        show_if(self.body, True)
        show_if(self.hint, False)
        show_if(self.edit, self._may_edit and not service.archived)
        show_if(self.archive, self._may_edit and not service.archived)
        show_if(self.restore, self._may_edit and service.archived)
        self._fit()

    def _buffers(self, service: ServiceRow) -> str:
        parts = []
        if service.buffer_before_minutes:
            parts.append(self.tr("{n} min before").format(n=service.buffer_before_minutes))
        if service.buffer_after_minutes:
            parts.append(self.tr("{n} min after").format(n=service.buffer_after_minutes))
        return ", ".join(parts)

    def _fit(self) -> None:
        theme = current_theme()
        self.setFixedWidth(theme.px(WIDTH))
        self.bar.setFixedWidth(theme.px(4))
        if self.service is not None:
            colour = theme.tokens.hue(category_hue(self.service.service_category)).bar
            self.bar.setStyleSheet(f"background: {colour}; border-radius: {theme.px(2)}px;")
