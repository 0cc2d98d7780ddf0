"""Somebody else saved the same thing while it stood in a form: nobody's typing is lost, a person decides."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from avenrae_desktop.qtkit.widgets import Button, PlainLabel, announce, column, row, show_if


class NewerBox(QFrame):
    """Asks inside the form whose version is to stand. Hidden until `ask`."""

    mine = Signal()
    theirs = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", "warning")
        self.title = PlainLabel(self.tr("Somebody else saved this meanwhile"), "strong", wrap=True)
        self.text = PlainLabel("", wrap=True)
        self.keep = Button(self.tr("Save &mine"))
        self.take = Button(self.tr("Take the &newer version"))
        self.keep.clicked.connect(self.mine)
        self.take.clicked.connect(self.theirs)
        buttons = row(None, self.take, self.keep, spacing=8)
        self.setLayout(column(self.title, self.text, buttons, spacing=6, margins=10))
        self.hide()

    def ask(self, differing: Iterable[str]) -> None:
        """`differing` names the fields that both changed, each in their own way; the others are merged."""
        fields = ", ".join(differing)
        words = self.tr("Their other changes stand in the form beside yours. Nothing you typed is lost.")
        if fields:
            words = self.tr("You both changed: {fields}. What you typed is still here.").format(fields=fields)
        self.text.setText(words)
        show_if(self, True)
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{self.title.text()} {words}")


def merge(
    names: Iterable[str],
    opened: Any,
    newer: Any,
    typed: Callable[[str], Any],
    put: Callable[[str, Any], object],
) -> list[str]:
    """Take over the fields that only the others changed, by `put`; the names of those that both changed."""
    differing = []
    for name in names:
        before, theirs, mine = getattr(opened, name), getattr(newer, name), typed(name)
        if mine == before:
            put(name, theirs)
        elif theirs not in (before, mine):
            differing.append(name)
    return differing
