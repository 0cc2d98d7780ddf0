"""The line at the bottom: where the data is, how the link to it stands, when it was last saved, who is here."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from avenrae_desktop.qtkit.link import Link
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, IconLabel, Pill, PlainLabel, row
from avenrae_desktop.shell.ground import Ground
from avenrae_desktop.shell.workspace.link_chip import LinkChip

if TYPE_CHECKING:
    from avenrae_desktop.db.server.address import ServerAddress


class StatusLine(Ground):
    """In a demo it also offers the two ways out of it."""

    demo_end_asked = Signal()
    own_practice_asked = Signal()

    def __init__(
        self,
        practice_name: str,
        person: str,
        link: Link,
        server: "ServerAddress | None" = None,
        *,
        is_demo: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", "top", parent=parent)
        self._server, self._link = server, link
        self._name = practice_name
        self.chip = LinkChip(link)
        link.changed.connect(self._renew)
        self._practice = PlainLabel("", "small", elide=True)
        self.saved = PlainLabel("", "small")
        self.who = PlainLabel(person, "small")
        self.set_practice(practice_name)
        where = IconLabel("shield-check" if server is None else "database", "muted", 14)
        box = row(where, self._practice, self.chip, self.saved, None, spacing=8)
        if is_demo:
            self._add_demo(box)
        box.addWidget(IconLabel("circle-user", "muted", 14))
        box.addWidget(self.who)
        px = current_theme().px
        box.setContentsMargins(px(12), px(3), px(12), px(3))
        self.setLayout(box)
        self.setAccessibleName(self.tr("Status"))

    def _add_demo(self, box: QHBoxLayout) -> None:
        self.own = Button(self.tr("Start my own practice"), "link")
        self.end = Button(self.tr("Throw away the demo…"), "link")
        self.own.clicked.connect(self.own_practice_asked)
        self.end.clicked.connect(self.demo_end_asked)
        box.addWidget(Pill(self.tr("Demo practice"), "warning", "sparkles"))
        box.addWidget(self.own)
        box.addWidget(self.end)
        box.addSpacing(current_theme().px(12))

    def set_practice(self, name: str) -> None:
        self._name = name
        if self._server is None:
            self._practice.setText(self.tr("On this computer · encrypted · {practice}").format(practice=name))
            return
        # Without encryption only a server on this very computer is ever spoken to.
        encrypted = self._server.trust.name != "NONE"
        words = self.tr("Practice server · {host} · encrypted · {practice}")
        if not encrypted:
            words = self.tr("Practice server · {host} · {practice}")
        host = self._link.host or str(self._server.hosts[0])
        self._practice.setText(words.format(host=host, practice=name))

    def _renew(self) -> None:
        self.set_practice(self._name)

    def show_saved(self, at: datetime) -> None:
        """When the last change was on the disk, in this computer's time."""
        self.saved.setText(self.tr("· saved {time}").format(time=f"{at.astimezone():%H:%M:%S}"))
