"""What the client dialog asks inside itself: is it one of these?"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from avenrae_desktop.areas.clients.queries import ClientHit
from avenrae_desktop.areas.clients.words import alike_text, hit_text
from avenrae_desktop.qtkit.widgets import Button, PlainLabel, announce, column, row, show_if

SHOWN = 3


class AlikeBox(QFrame):
    """Clients who may be the one in the form. `ask` is the question before saving."""

    used = Signal(object)
    """The ClientHit that the person means."""
    save_anyway = Signal()

    def __init__(self, *, may_use: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", "warning")
        self._may_use = may_use
        self.title = PlainLabel("", "strong", wrap=True)
        self.hits: tuple[ClientHit, ...] = ()
        self._rows = column(spacing=4)
        self.more = PlainLabel("", "small")
        # Not the default button: Return held down must not answer the question that it brought up.
        self.anyway = Button(self.tr("Save &anyway"))
        self.anyway.clicked.connect(self.save_anyway)
        self.setLayout(column(self.title, self._rows, self.more, row(None, self.anyway), spacing=6, margins=10))
        self.show_hits(())

    def show_hits(self, hits: Sequence[ClientHit]) -> None:
        """Show who looks alike; nobody hides the box."""
        if tuple(hits) != self.hits:
            self.hits = tuple(hits)
            while (item := self._rows.takeAt(0)) is not None:
                if (line := item.widget()) is not None:
                    line.hide()
                    line.deleteLater()
            for hit in self.hits[:SHOWN]:
                self._rows.addWidget(self._line(hit))
        self.title.setText(alike_text(len(hits)))
        rest = len(hits) - SHOWN
        self.more.setText(self.tr("and {count} more").format(count=rest))
        show_if(self.more, rest > 0)
        self.anyway.hide()
        show_if(self, bool(hits))

    def ask(self) -> None:
        """Before saving: use one of them, or save anyway."""
        show_if(self.anyway, True)
        self.anyway.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.title.text())

    def ask_twin(self) -> None:
        """After saving: somebody else added the same client at the same moment."""
        self.title.setText(self.tr("Somebody else has just added this client too. Yours is saved."))
        self.anyway.setText(self.tr("&Keep both"))
        self.ask()

    def _line(self, hit: ClientHit) -> QWidget:
        words = column(
            PlainLabel(hit.name, "strong", elide=True), PlainLabel(hit_text(hit), elide=True), spacing=0
        )
        line = row(words, spacing=8)
        line.setStretch(0, 1)
        if self._may_use:
            text = self.tr("Restore and use") if hit.archived else self.tr("Use this one")
            use = Button(text)
            use.setAccessibleName(f"{text}: {hit.name}, {hit_text(hit)}")
            use.clicked.connect(lambda: self.used.emit(hit))
            line.addWidget(use)
        holder = QWidget()
        holder.setLayout(line)
        return holder
