"""The mark on a record that somebody else has open."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.link import Link, Record
from avenrae_desktop.qtkit.widgets import Pill, plain_tip


class OpenMark(Pill):
    """Says at whose desk the record is open for editing; hidden while it is not."""

    def __init__(self, link: Link, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._link = link
        self._record: Record | None = None
        link.marks_changed.connect(self._look)

    def watch(self, kind: str, record: UUID | None) -> None:
        """Mark this record from now on; None marks nothing."""
        self._record = None if record is None else (kind, record)
        self._look()

    def _look(self) -> None:
        names = self._link.names(*self._record) if self._record is not None else ()
        text = ""
        if len(names) == 1:
            text = self.tr("Open at {name}'s desk").format(name=names[0])
        elif names:
            text = self.tr("Open at {count} other desks").format(count=len(names))
        if text == self.text():
            return
        self.set(text, "info", "eye")
        self.setToolTip(plain_tip("\n".join(names)))
        self.setAccessibleName(text)
