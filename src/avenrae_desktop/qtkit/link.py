"""What the screens know of the practice server: how the link stands, and what colleagues have open."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from avenrae_desktop.kernel.link import LinkState

Record = tuple[str, UUID]


class OpenElsewhere(Protocol):
    """A record that somebody has open for editing in another window."""

    @property
    def person_name(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def record(self) -> UUID: ...


class Link(QObject):
    """Told by whoever asks the server; screens only look. Without a server nothing ever happens here."""

    changed = Signal()
    """The state, or since when it is so."""
    answered = Signal()
    """The server was asked: with or without an answer."""
    marks_changed = Signal()
    """Somebody opened or closed something."""
    opened = Signal(object)
    """What is open for editing in this window: (kind, uuid) or None."""
    try_asked = Signal()
    """Somebody wants the server to be asked at once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state: LinkState | None = None
        """None where there is no server: the practice is on this computer."""
        self.host = ""
        self.since: datetime | None = None
        self._elsewhere: frozenset[tuple[str, str, UUID]] = frozenset()
        self._here: list[tuple[QDialog, Record]] = []

    def tell(self, state: LinkState | None, host: str, now: datetime) -> None:
        """Take over how the link stands."""
        if (state, host or self.host) != (self.state, self.host):
            if state != self.state:
                self.since = now
            self.state, self.host = state, host or self.host
            self.changed.emit()
        self.answered.emit()

    def tell_open(self, elsewhere: Iterable[OpenElsewhere]) -> None:
        """Take over what is open in other windows."""
        found = frozenset((each.person_name, each.kind, each.record) for each in elsewhere)
        if found != self._elsewhere:
            self._elsewhere = found
            self.marks_changed.emit()

    def names(self, kind: str, record: UUID) -> tuple[str, ...]:
        """Who has it open elsewhere, by name."""
        return tuple(sorted({name for name, k, r in self._elsewhere if (k, r) == (kind, record)}))

    def open_here(self, dialog: QDialog, kind: str, record: UUID) -> None:
        """The dialog edits this record, from now until it is closed; what was opened last is what others see."""
        self._here.append((dialog, (kind, record)))
        number = id(dialog)
        dialog.finished.connect(lambda _result: self._close(number))
        dialog.destroyed.connect(lambda _gone: self._close(number))
        self._tell_here()

    def forget(self) -> None:
        """The session is over."""
        self._here = []
        self.state, self.host, self.since = None, "", None
        self.tell_open(())
        self.changed.emit()

    def _close(self, number: int) -> None:
        left = [each for each in self._here if id(each[0]) != number]
        if len(left) != len(self._here):
            self._here = left
            self._tell_here()

    def _tell_here(self) -> None:
        self.opened.emit(self._here[-1][1] if self._here else None)
