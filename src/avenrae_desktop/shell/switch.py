"""Going over to another practice: those that are known on this computer, the one opened last first."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from avenrae_desktop.qtkit.models import Column, RowTableModel
from avenrae_desktop.qtkit.moments import full_day_text, time_text
from avenrae_desktop.qtkit.table import Table
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, PlainLabel, column, row
from avenrae_desktop.shell.entry.server.place_words import hosts_words, is_server

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import Place
    from avenrae_desktop.bootstrap.places import ServerPlace

    Known = Place | ServerPlace


def file_of(place: "Known") -> Path:
    """What tells one practice from another: its folder, or this computer's copy of its enrolment file."""
    return place.file if is_server(place) else place.folder


def where_words(place: "Known") -> str:
    """Where its data is."""
    if is_server(place):
        return QCoreApplication.translate("Switch", "On {server}").format(server=hosts_words(place.address.hosts))
    return QCoreApplication.translate("Switch", "On this computer")


def when_words(at: datetime | None) -> str:
    """When it was opened last, by this computer's clock."""
    if at is None:
        return QCoreApplication.translate("Switch", "Not opened yet")
    here = at.astimezone()
    return f"{full_day_text(here.date())}, {time_text(here)}"


class SwitchDialog(QDialog):
    """Accepted, `chosen` is the practice to sign in to; None means to begin elsewhere (new, join, demo)."""

    def __init__(self, known: "Sequence[Known]", current: "Known", parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen: Known | None = None
        self._current = file_of(current)
        px = current_theme().px
        title = self.tr("Switch practice")
        self.setWindowTitle(title)
        self.resize(px(760), px(420))
        text = self.tr("You are signed out here, and sign in there. What you saved stays saved.")
        self.model = RowTableModel(self._columns(), file_of, self)
        self.table = Table(self.model, self.tr("Practices known on this computer"))
        self.model.set_rows(known)
        self.open_button = Button(self.tr("Open"), "primary")
        self.open_button.setDefault(True)
        self.cancel = Button(self.tr("Cancel"))
        self.other = Button(self.tr("New, join a server, or demo…"), "link")
        self.open_button.clicked.connect(self._open)
        self.cancel.clicked.connect(self.reject)
        self.other.clicked.connect(self.accept)
        self.table.row_activated.connect(lambda _row: self._open())
        self.table.row_selected.connect(lambda _row: self._show_choice())
        heading = column(PlainLabel(title, "title"), PlainLabel(text, "muted", wrap=True), spacing=6)
        foot = row(self.other, None, self.cancel, self.open_button, spacing=8)
        whole = column(heading, self.table, foot, spacing=16, margins=20)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        # The one that is most likely meant: opened last, and not this one.
        others = [each for each in known if file_of(each) != self._current]
        if others:
            self.table.select_key(file_of(others[0]))
        self._show_choice()
        self.table.setFocus()

    def _columns(self) -> "tuple[Column[Known], ...]":
        return (
            Column(self.tr("Practice"), self._name, strong=True, stretch=True, tooltip=lambda p: p.practice_name),
            Column(self.tr("Where"), where_words, muted=True, width=210, tooltip=where_words),
            Column(self.tr("Opened last"), lambda p: when_words(p.last_opened), muted=True, width=190),
        )

    def _name(self, place: "Known") -> str:
        if file_of(place) != self._current:
            return place.practice_name
        return self.tr("{practice} (open now)").format(practice=place.practice_name)

    def _show_choice(self) -> None:
        place = self.table.current_row()
        self.open_button.setEnabled(place is not None and file_of(place) != self._current)

    def _open(self) -> None:
        if self.open_button.isEnabled():
            self.chosen = self.table.current_row()
            self.accept()
