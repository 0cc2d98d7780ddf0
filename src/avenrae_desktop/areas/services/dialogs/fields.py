"""Fields that only a service has: its duration, its healers, its room."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QScrollArea, QSpinBox, QWidget

from avenrae_desktop.areas.services.queries import RoomRow
from avenrae_desktop.areas.services.words import minutes_text, read_minutes
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import ComboBox, LineEdit, name, row, show_if

USUAL = (15, 30, 45, 60, 75, 90, 120)
NEW_ROOM = "new"
_ROWS_SHOWN = 4


class DurationBox(ComboBox):
    """The usual durations to choose from, any other to type: "50", "1:30", "2 h"."""

    textChanged = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for minutes in USUAL:
            self.add(minutes_text(minutes), minutes)
        self.set_minutes(60)
        self.editTextChanged.connect(self.textChanged)

    def minutes(self) -> int | None:
        """What is typed, None when it is no duration."""
        return read_minutes(self.currentText())

    def set_minutes(self, minutes: int) -> None:
        self.setEditText(minutes_text(minutes))


class MinutesSpin(QSpinBox):
    """Minutes of a buffer in steps of five; scrolling the form does not change it."""

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, most)
        self.setSingleStep(5)
        self.setSuffix(self.tr(" min"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(current_theme().px(7), 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class HealerChecks(QScrollArea):
    """Who offers the service, to be ticked."""

    toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.boxes: dict[UUID, QCheckBox] = {}
        self._order: tuple[UUID, ...] = ()
        self._page = QWidget()
        self._page.setProperty("role", "page")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(current_theme().px(4))
        self._page.setLayout(self._grid)
        self.setWidget(self._page)
        self._fit()

    def offer(self, healers: Sequence[tuple[UUID, str]]) -> None:
        """Add those who are not on offer yet; ticks stay."""
        for uuid, called in healers:
            if uuid not in self.boxes:
                box = QCheckBox(called.replace("&", "&&"))
                name(box, called)
                box.toggled.connect(self.toggled)
                number = len(self.boxes)
                self._grid.addWidget(box, number // 2, number % 2)
                self.boxes[uuid] = box
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))
        self._fit()

    def value(self) -> tuple[UUID, ...]:
        """Those who are ticked: first, in their order, those who were ticked by `set_value`."""
        ticked = [uuid for uuid, box in self.boxes.items() if box.isChecked()]
        kept = [uuid for uuid in self._order if uuid in ticked]
        return tuple(kept + [uuid for uuid in ticked if uuid not in kept])

    def set_value(self, healers: Sequence[UUID]) -> None:
        self._order = tuple(healers)
        for uuid, box in self.boxes.items():
            box.setChecked(uuid in self._order)

    def _fit(self) -> None:
        rows = min(_ROWS_SHOWN, max(1, (len(self.boxes) + 1) // 2))
        self.setFixedHeight(current_theme().px(32 * rows + 10))


class RoomBox(QWidget):
    """A room, none, or a new one that is named on the spot."""

    textChanged = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = ComboBox()
        self.new_name = LineEdit(self.tr("Name of the new room"))
        name(self.new_name, self.tr("Name of the new room"))
        box = row(self.combo, self.new_name, spacing=8)
        box.setStretch(0, 1)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.setFocusProxy(self.combo)
        self.new_name.hide()
        self.offer(())
        self.combo.changed.connect(self._on_changed)
        self.new_name.textChanged.connect(self.textChanged)

    def offer(self, rooms: Sequence[RoomRow], kept: RoomRow | None = None) -> None:
        """Offer these; `kept` stays on offer although it is not used any more."""
        choices: list[tuple[str, object]] = [(self.tr("No room"), None)]
        choices += [(room.resource_name, room.uuid) for room in rooms]
        if kept is not None and kept.uuid not in {value for _, value in choices}:
            choices.append((kept.resource_name, kept.uuid))
        self.combo.fill([*choices, (self.tr("New room…"), NEW_ROOM)])

    def value(self) -> UUID | None:
        """The chosen room; None for none, and for a new one."""
        value = self.combo.value()
        return value if isinstance(value, UUID) else None

    def set_value(self, room: UUID | None) -> None:
        self.combo.set_value(room)

    def wanted_name(self) -> str | None:
        """The name of the room to be made; None when none is to be made."""
        return self.new_name.text() if self.combo.value() == NEW_ROOM else None

    def _on_changed(self, value: object) -> None:
        show_if(self.new_name, value == NEW_ROOM)
        if value == NEW_ROOM:
            self.new_name.setFocus()
        self.textChanged.emit("")
