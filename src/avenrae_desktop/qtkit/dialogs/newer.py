"""Somebody else saved the same thing while it stood in a form: nobody's typing is lost, a person decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton, QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import (
    Button,
    PlainLabel,
    announce,
    column,
    name,
    plain_tip,
    row,
    show_if,
)

_SHOWN_PX = 205  # of a value; the whole one is in its tool tip and in the form


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that the newer version has otherwise than the form had it.

    `both`: the person typed something else there too, so that they have to say which one stands.
    """

    field: str
    label: str
    theirs: str
    mine: str
    both: bool


@dataclass(slots=True)
class _Line:
    difference: Difference
    theirs: QRadioButton
    mine: QRadioButton

    @property
    def decided(self) -> bool:
        return self.theirs.isChecked() or self.mine.isChecked()


class NewerBox(QFrame):
    """Both values of every field that differs, side by side, inside the form. Hidden until `ask`."""

    mine = Signal()
    """Mine stand wherever both changed something; and save."""
    theirs = Signal()
    """The newer version as it is."""
    chosen = Signal(str, bool)
    """A field, and whether the newer version's value is to stand in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", "warning")
        self.title = PlainLabel(self.tr("Somebody else saved this meanwhile"), "strong", wrap=True)
        self.text = PlainLabel("", wrap=True)
        self.lines: dict[str, _Line] = {}
        self._groups: list[QButtonGroup] = []
        self._table = QWidget()
        self._holder = column(self._table)
        self.keep = Button(self.tr("Save &mine"))
        self.take = Button(self.tr("Take the &newer version"))
        self.keep.clicked.connect(self.mine)
        self.take.clicked.connect(self.theirs)
        buttons = row(None, self.take, self.keep, spacing=8)
        self.setLayout(column(self.title, self.text, self._holder, buttons, spacing=6, margins=10))
        self.hide()

    def ask(self, differences: Sequence[Difference], *, at_save: bool = True) -> None:
        """Show them. While somebody is typing (`at_save` False) the keyboard stays where it is."""
        self._fill(differences)
        self._say()
        show_if(self, True)
        if at_save:
            self.point()
        else:
            announce(self, f"{self.title.text()} {self.text.text()}")

    def undecided(self) -> tuple[str, ...]:
        """The fields that both changed and nobody has decided on."""
        if self.isHidden():
            return ()
        return tuple(field for field, line in self.lines.items() if not line.decided)

    def decide(self, *, theirs: bool) -> None:
        """The same answer for all that are undecided."""
        for field in self.undecided():
            line = self.lines[field]
            choice = line.theirs if theirs else line.mine
            blocked = choice.blockSignals(True)
            choice.setChecked(True)
            choice.blockSignals(blocked)

    def point(self) -> None:
        """Put the keyboard on the first question."""
        first = next((line.theirs for line in self.lines.values() if not line.decided), self.take)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{self.title.text()} {self.text.text()}")

    def _say(self) -> None:
        both = ", ".join(line.difference.label for line in self.lines.values() if line.difference.both)
        words = self.tr("Their other changes stand in the form beside yours. Nothing you typed is lost.")
        if both:
            words = self.tr("You both changed: {fields}. What you typed is still here.").format(fields=both)
        self.text.setText(words)

    def _fill(self, differences: Sequence[Difference]) -> None:
        self._table.hide()
        self._table.deleteLater()
        self._table, self.lines, self._groups = QWidget(), {}, []
        grid = QGridLayout()
        px = current_theme().px
        grid.setContentsMargins(0, px(2), 0, px(2))
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(2))
        heads = ("", self.tr("Newer version"), self.tr("Yours"))
        for at, text in enumerate(heads):
            grid.addWidget(PlainLabel(text, "caption"), 0, at)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for at, each in enumerate(differences, 1):
            label = PlainLabel(each.label[:1].upper() + each.label[1:], "strong")
            line = _Line(each, self._choice(each, theirs=True), self._choice(each, theirs=False))
            group = QButtonGroup(self)
            group.addButton(line.theirs)
            group.addButton(line.mine)
            self._groups.append(group)
            self.lines[each.field] = line
            for place, widget in enumerate((label, line.theirs, line.mine)):
                grid.addWidget(widget, at, place)
        self._table.setLayout(grid)
        self._holder.addWidget(self._table)
        show_if(self._table, bool(differences))

    def _choice(self, each: Difference, *, theirs: bool) -> QRadioButton:
        text = (each.theirs if theirs else each.mine) or self.tr("(empty)")
        line = " ".join(text.split())
        metrics = QFontMetrics(current_theme().font())
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, current_theme().px(_SHOWN_PX))
        choice = QRadioButton(shown.replace("&", "&&"))
        choice.setToolTip(plain_tip(text))
        which = self.tr("{field}, newer version: {value}") if theirs else self.tr("{field}, yours: {value}")
        name(choice, which.format(field=each.label, value=text))
        # Before anybody listens: what stands in the form is shown, nothing is put there.
        choice.setChecked(theirs and not each.both)
        field = each.field
        # Not the click: assistive programs toggle without one.
        choice.toggled.connect(lambda on: self.chosen.emit(field, theirs) if on else None)
        return choice
