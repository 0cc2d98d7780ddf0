"""One page that makes a practice: its name, where it is, who you are, and your password."""

import unicodedata

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.text import search_key
from avenrae_desktop.qtkit.widgets import Button, ComboBox, LineEdit, column, row
from avenrae_desktop.shell.entry.choices import (
    SearchCombo,
    currencies,
    healer_types,
    system_currency,
    system_zone,
    zone_names,
)
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.password_field import PasswordField
from avenrae_desktop.shell.entry.password_rules import PasswordRules

NOT_THE_SAME = Problem(
    "shell.passwords_differ",
    noop("The two passwords differ"),
    noop("What you typed the second time is not the same."),
    noop("Type it once more; the eye shows what stands in the field."),
)
_LONGEST_SIGN_IN_NAME = 32


def sign_in_name_of(first_name: str) -> str:
    """A sign-in name made of a first name: "Zoë Ann" -> "zoeann"; "me" where no letter is left."""
    plain = unicodedata.normalize("NFC", search_key(first_name))
    return "".join(c for c in plain if c.isalnum())[:_LONGEST_SIGN_IN_NAME] or "me"


class NewPracticePage(EntryPage):
    """Emits `submitted(CreatePractice)`."""

    submitted = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, width=540)
        self.title.setText(self.tr("Your new practice"))
        self.lead.setText(self.tr("Time zone and currency stay; everything else can be changed later."))
        self.lead.setVisible(True)
        self._command_ids = (new_uuid(), new_uuid())
        self._build_practice()
        self._build_person()
        self._build_password()
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self.cancelled)
        self.buttons.addWidget(self.back)
        self.go = self.add_primary(self.tr("Create practice"))
        self.go.clicked.connect(self._submit)

    def first(self) -> QWidget:
        return self.practice_name

    def command(self) -> CreatePractice:
        """What is typed, as the command; raises RuleBroken where the two passwords differ."""
        if not self.rules.matches():
            raise RuleBroken(NOT_THE_SAME, field="again")
        uuid, person = self._command_ids
        return CreatePractice(
            uuid=uuid,
            practice_name=self.practice_name.text(),
            time_zone=self.zone.chosen(),
            currency=self.currency.chosen()[:3].upper(),
            person=person,
            first_name=self.first_name.text(),
            last_name=self.last_name.text(),
            sign_in_name=sign_in_name_of(self.first_name.text()),
            is_healer=self.is_healer.isChecked(),
            healer_type=self.healer_type.value() if self.is_healer.isChecked() else None,
            password=self.password.text(),
        )

    def _submit(self) -> None:
        self.clear_errors()
        # A new try is a new command: the last one may have been refused under this uuid.
        self._command_ids = (new_uuid(), new_uuid())
        try:
            command = self.command()
        except RuleBroken as error:
            self.show_error(error)
        else:
            self.submitted.emit(command)

    def _build_practice(self) -> None:
        self.practice_name = LineEdit(self.tr("Such as Lindenhof Practice"))
        self.zone = SearchCombo()
        self.zone.fill((zone.replace("_", " "), zone) for zone in zone_names())
        self.zone.set_value(system_zone())
        self.currency = SearchCombo()
        self.currency.fill(currencies())
        self.currency.set_value(system_currency())
        self.field("practice_name", self.tr("Name of the &practice"), self.practice_name)
        self.pair(
            ("time_zone", self.tr("Time &zone"), self.zone), ("currency", self.tr("C&urrency"), self.currency)
        )

    def _build_person(self) -> None:
        self.first_name, self.last_name = LineEdit(), LineEdit()
        self.is_healer = QCheckBox(self.tr("I see clients &myself"))
        self.is_healer.setChecked(True)
        self.healer_type = ComboBox()
        self.healer_type.fill(healer_types())
        self.pair(
            ("first_name", self.tr("Your &first name"), self.first_name),
            ("last_name", self.tr("&Last name"), self.last_name),
        )
        tick = QWidget()
        tick.setLayout(column(None, self.is_healer))
        kind = QWidget()
        kind_box = column(spacing=0)
        kind.setLayout(kind_box)
        block = self.field("healer_type", self.tr("I work &as"), self.healer_type, to=kind_box)
        self.is_healer.toggled.connect(block.setEnabled)
        both = row(tick, kind, spacing=14)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.body.addLayout(both)

    def _build_password(self) -> None:
        self.password, self.again = PasswordField(), PasswordField()
        self.pair(
            ("password", self.tr("Pass&word"), self.password), ("again", self.tr("Password a&gain"), self.again)
        )
        names = lambda: (self.practice_name.text(), self.first_name.text(), self.last_name.text())  # noqa: E731
        self.rules = PasswordRules(self.password, self.again, names)
        self.body.addWidget(self.rules)
