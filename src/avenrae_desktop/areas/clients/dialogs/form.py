"""The fields of a client on the screen, and their values."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from avenrae_desktop.areas.accounts.queries import HealerRow
from avenrae_desktop.areas.clients.domain import ClientFields
from avenrae_desktop.areas.clients.keys import PHONE_SIGNS
from avenrae_desktop.areas.clients.problems import BAD_DATE
from avenrae_desktop.areas.clients.queries import ClientDetail
from avenrae_desktop.areas.clients.words import date_text, field_text, gender_text
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.values import Gender
from avenrae_desktop.qtkit.dialogs.version import Fields
from avenrae_desktop.qtkit.widgets import ComboBox, DateField, LineEdit, TextArea, labelled, row

NAMES = (
    "first_name",
    "last_name",
    "date_of_birth",
    "gender",
    "phone",
    "email",
    "preferred_healer",
    "emergency_contact_name",
    "emergency_contact_phone",
    "note",
)
IDENTITY = ("first_name", "last_name", "date_of_birth", "phone", "email")
"""What says that two clients may be the same person."""


class ClientForm(QObject):
    """The widgets by field name; `lines` lays them out."""

    def __init__(self, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self.first_name, self.last_name = LineEdit(), LineEdit()
        self.date_of_birth = DateField(today=today, optional=True, weekday=False)
        self.gender = ComboBox()
        self.gender.add(self.tr("Not asked"), None)
        for gender in Gender:
            self.gender.add(gender_text(gender), gender)
        self.phone, self.email = LineEdit(), LineEdit()
        self.preferred_healer = ComboBox()
        self.emergency_contact_name, self.emergency_contact_phone = LineEdit(), LineEdit()
        self.note = TextArea(3)
        self.set_healers(())

    def lines(self) -> Sequence[QHBoxLayout]:
        """Two fields beside each other, in the order in which they are asked for."""
        pairs: Sequence[Sequence[tuple[str, QWidget]]] = (
            ((self.tr("&First name"), self.first_name), (self.tr("&Last name"), self.last_name)),
            ((self.tr("&Phone"), self.phone), (self.tr("&E-mail"), self.email)),
            ((self.tr("&Birth date"), self.date_of_birth), (self.tr("&Gender"), self.gender)),
            (
                (self.tr("Emergency &contact"), self.emergency_contact_name),
                (self.tr("Emergency pho&ne"), self.emergency_contact_phone),
            ),
        )
        return [_even(*(labelled(text, widget) for text, widget in pair)) for pair in pairs]

    def widget(self, field: str) -> QWidget:
        found: QWidget = getattr(self, field)
        return found

    def set_healers(self, healers: Sequence[HealerRow], kept: tuple[str, Any] | None = None) -> None:
        """Offer these as preferred healers; `kept` stays on offer although they cannot be booked any more."""
        choices: list[tuple[str, Any]] = [(self.tr("No preference"), None)]
        choices += [(healer.name, healer.uuid) for healer in healers]
        if kept is not None and kept[1] not in {value for _, value in choices}:
            choices.append(kept)
        self.preferred_healer.fill(choices)

    def values(self) -> ClientFields:
        """What is typed now. Raises RuleBroken for a birth date that is none."""
        if not self.date_of_birth.is_valid():
            raise RuleBroken(BAD_DATE, field="date_of_birth", text=self.date_of_birth.text().strip())
        return ClientFields(**{name: self.value(name) for name in NAMES})

    def value(self, field: str) -> Any:
        widget = self.widget(field)
        if isinstance(widget, TextArea):
            return widget.toPlainText()
        if isinstance(widget, (DateField, ComboBox)):
            return widget.value()
        return widget.text() if isinstance(widget, QLineEdit) else None

    def set_value(self, field: str, value: Any) -> None:
        widget = self.widget(field)
        if isinstance(widget, TextArea):
            widget.setPlainText(value)
        elif isinstance(widget, (DateField, ComboBox)):
            widget.set_value(value)
        elif isinstance(widget, QLineEdit):
            widget.setText(value)

    def text(self, field: str) -> str:
        """What a field says now."""
        widget = self.widget(field)
        if isinstance(widget, TextArea):
            return widget.toPlainText()
        if isinstance(widget, ComboBox):
            return widget.currentText() if widget.value() is not None else ""
        return widget.text() if isinstance(widget, QLineEdit) else ""

    def fields(self) -> Fields:
        """For following the client's newer versions."""
        return Fields(NAMES, field_text, self.value, self.set_value, stored_text, self.text, prepare=self.offer)

    def offer(self, detail: ClientDetail) -> None:
        """Put the client's healer among the choices."""
        box, healer = self.preferred_healer, detail.preferred_healer
        if healer is not None and healer not in [box.itemData(at) for at in range(box.count())]:
            box.add(detail.preferred_healer_name, healer)

    def show_detail(self, detail: ClientDetail) -> None:
        """Fill in what is stored."""
        self.offer(detail)
        for name in NAMES:
            self.set_value(name, getattr(detail, name))

    def show_typed(self, text: str) -> None:
        """Begin with what was searched for: a phone number, an e-mail, or a name."""
        text = " ".join(text.split())
        if "@" in text:
            self.email.setText(text)
        elif text and PHONE_SIGNS.issuperset(text):
            self.phone.setText(text)
        elif "," in text:
            last, _, first = text.partition(",")
            self.last_name.setText(last.strip())
            self.first_name.setText(first.strip())
        else:
            first, _, last = text.rpartition(" ")
            self.first_name.setText(first)
            self.last_name.setText(last)


def stored_text(field: str, detail: ClientDetail) -> str:
    """A field of a stored client, as a person reads it."""
    match field:
        case "date_of_birth":
            return date_text(detail.date_of_birth)
        case "gender":
            return gender_text(detail.gender) if detail.gender is not None else ""
        case "preferred_healer":
            return detail.preferred_healer_name
    return str(getattr(detail, field))


def _even(*widgets: QWidget) -> QHBoxLayout:
    line = row(*widgets, spacing=12)
    for number in range(len(widgets)):
        line.setStretch(number, 1)
    return line
