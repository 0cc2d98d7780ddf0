"""Add a person to the team, or change one."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from avenrae_desktop.areas.accounts.codes import new_code
from avenrae_desktop.areas.accounts.domain import HUES, AddPerson, EditPerson
from avenrae_desktop.areas.accounts.people import normal_sign_in_name
from avenrae_desktop.areas.accounts.queries import PersonRow
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import Clock, utc_now
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.dialogs.version import EditedVersion, Fields
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import ComboBox, LineEdit, PlainLabel, column, labelled, row
from avenrae_desktop.shell.entry.choices import healer_types
from avenrae_desktop.shell.entry.new_practice import NOT_THE_SAME, sign_in_name_of
from avenrae_desktop.shell.entry.password_field import PasswordField
from avenrae_desktop.shell.entry.password_rules import PasswordRules
from avenrae_desktop.shell.preferences.code_dialogs import HOURS, Invitation
from avenrae_desktop.shell.preferences.role_words import role_hint, role_text

if TYPE_CHECKING:
    from avenrae_desktop.areas.accounts.repository import AccountReads

_FIELDS = ("first_name", "last_name", "roles", "healer_type", "hue")
_ROLES = (Role.HEALER, Role.FRONT_DESK, Role.ADMIN)


class PersonDialog(FormDialog):
    """Without a person it adds one; on a server with a one-time code, which is in `invitation` afterwards."""

    draft_kind = "person"

    def __init__(
        self,
        reads: "AccountReads",
        runner: Runner,
        person: PersonRow | None = None,
        parent: QWidget | None = None,
        *,
        on_server: bool = False,
        clock: Clock = utc_now,
    ) -> None:
        tr = QCoreApplication.translate
        title = tr("Team", "Invite somebody") if on_server else tr("Team", "Add person")
        if person is not None:
            title = tr("Team", "Edit {name}").format(name=person.name)
        super().__init__(title, runner, parent, width=560)
        self._reads, self._person, self._clock = reads, person, clock
        # One for the whole dialog: pressing again after a lost answer must not make another.
        self._code = new_code() if on_server and person is None else ""
        self.invitation: Invitation | None = None
        self._uuid = new_uuid()
        self.first_name, self.last_name = LineEdit(), LineEdit()
        self.sign_in_name = LineEdit()
        self._sign_in_typed = False
        self._build_names()
        self._build_roles()
        if person is not None:
            self._fill(person)
            self._follow(person)
        elif on_server:
            self._explain_code()
        else:
            self._build_password()
            self.set_action(self.tr("Add person"))
        self._show_healer()

    def _follow(self, person: PersonRow) -> None:
        fields = Fields(_FIELDS, self._label, self._typed, self._put, self._stored_text, self._text, _stored)
        self._edited_person = EditedVersion(
            self, self._runner, ("person", person.uuid), person, fields, self._read
        )
        self.edits("person", person.uuid, self._edited_person)

    def roles(self) -> tuple[Role, ...]:
        return tuple(role for role, box in self._roles.items() if box.isChecked())

    async def save(self) -> None:
        person = self._person
        healer = Role.HEALER in self.roles()
        kind, hue = (self.healer_type.value(), self.hue.value()) if healer else (None, None)
        if person is not None:
            await self._runner.do(
                EditPerson(
                    person=person.uuid, version=self._edited_person.version, first_name=self.first_name.text(),
                    last_name=self.last_name.text(), roles=self.roles(), healer_type=kind, hue=hue,
                ),
                self,
            )  # fmt: skip
            return
        if not self._code and not self.rules.matches():
            raise RuleBroken(NOT_THE_SAME, field="again")
        sign_in_name = normal_sign_in_name(self.sign_in_name.text())
        await self._runner.do(
            AddPerson(
                person=self._uuid, first_name=self.first_name.text(), last_name=self.last_name.text(),
                sign_in_name=self.sign_in_name.text(), roles=self.roles(), healer_type=kind, hue=hue,
                password=self._code or self.password.text(),
            ),
            self,
        )  # fmt: skip
        if self._code:
            name = f"{self.first_name.text()} {self.last_name.text()}".strip()
            until = self._clock() + timedelta(hours=HOURS)
            self.invitation = Invitation(name, sign_in_name, self._code, until)

    # --- a newer version of the person -----------------------------------------------------------
    def _read(self) -> PersonRow:
        people = self._reads.people()
        assert self._person is not None  # noqa: S101 - followed only where there is one
        return next(each for each in people if each.uuid == self._person.uuid)

    def _label(self, field: str) -> str:
        return {
            "first_name": self.tr("first name"),
            "last_name": self.tr("last name"),
            "roles": self.tr("roles"),
            "healer_type": self.tr("works as"),
            "hue": self.tr("colour"),
        }[field]

    def _typed(self, field: str) -> Any:
        match field:
            case "first_name":
                return self.first_name.text()
            case "last_name":
                return self.last_name.text()
            case "roles":
                return tuple(sorted(self.roles()))
        box = self.healer_type if field == "healer_type" else self.hue
        # Without the role its profile is not asked for.
        return box.value() if Role.HEALER in self.roles() else self._stored_profile(field)

    def _stored_profile(self, field: str) -> Any:
        return getattr(self._edited_person.row, field)

    def _put(self, field: str, value: Any) -> None:
        match field:
            case "first_name":
                self.first_name.setText(value)
            case "last_name":
                self.last_name.setText(value)
            case "roles":
                for role, tick in self._roles.items():
                    tick.setChecked(role in value)
            case "healer_type":
                self.healer_type.set_value(value)
            case "hue":
                self.hue.set_value(value)

    def _text(self, field: str) -> str:
        match field:
            case "first_name":
                return self.first_name.text()
            case "last_name":
                return self.last_name.text()
            case "roles":
                return ", ".join(role_text(role) for role in self.roles())
        return (self.healer_type if field == "healer_type" else self.hue).currentText()

    def _stored_text(self, field: str, row: PersonRow) -> str:
        match field:
            case "roles":
                return ", ".join(role_text(role) for role in row.roles)
            case "healer_type":
                return next((text for text, kind in healer_types() if kind == row.healer_type), "")
            case "hue":
                return dict(hue_texts()).get(row.hue or "", "")
        return str(getattr(row, field))

    # --- building --------------------------------------------------------------------------------

    def _build_names(self) -> None:
        self._pair((self.tr("&First name"), self.first_name), (self.tr("&Last name"), self.last_name))
        self.register("first_name", self.first_name)
        self.register("last_name", self.last_name)
        if self._person is None:
            hint = self.tr("Short, without spaces. It cannot be changed later.")
            self.field("sign_in_name", self.tr("&Sign-in name"), self.sign_in_name, hint)
            self.first_name.textEdited.connect(self._propose)
            self.sign_in_name.textEdited.connect(self._on_sign_in_typed)

    def _build_roles(self) -> None:
        box = column(PlainLabel(self.tr("Roles"), "field"), spacing=2)
        self._roles: dict[Role, QCheckBox] = {}
        for role in _ROLES:
            tick = QCheckBox(f"{role_text(role)}: {role_hint(role)}")
            tick.toggled.connect(self._show_healer)
            self._roles[role] = tick
            self.register(f"role_{role}", tick)
            box.addWidget(tick)
        self.register("roles", self._roles[Role.HEALER])
        self.body.addLayout(box)
        self.healer_type, self.hue = ComboBox(), ComboBox()
        self.healer_type.fill(healer_types())
        theme = current_theme()
        for hue, text in hue_texts():
            self.hue.addItem(theme.icon("circle-dot", theme.tokens.hue(hue).bar, 16), text, hue)
        self._healer = self._pair(
            (self.tr("&Works as"), self.healer_type), (self.tr("&Colour in the calendar"), self.hue)
        )
        self.register("healer_type", self.healer_type)
        self.register("hue", self.hue)
        self._roles[Role.HEALER].setChecked(self._person is None)

    def _explain_code(self) -> None:
        text = self.tr(
            "They get a code that works once, for {hours} hours; it is shown when you press Invite. With it they"
            " sign in and choose a password that nobody else knows."
        ).format(hours=HOURS)
        self.body.addWidget(PlainLabel(text, "muted", wrap=True))
        self.set_action(self.tr("Invite"))

    def _build_password(self) -> None:
        self.password, self.again = PasswordField(), PasswordField()
        self._pair((self.tr("First &password"), self.password), (self.tr("Password &again"), self.again))
        self.register("password", self.password)
        self.register("again", self.again)
        self.rules = PasswordRules(
            self.password, self.again, lambda: (self.first_name.text(), self.last_name.text())
        )
        self.body.addWidget(self.rules)

    def _fill(self, person: PersonRow) -> None:
        self.first_name.setText(person.first_name)
        self.last_name.setText(person.last_name)
        for role, tick in self._roles.items():
            tick.setChecked(role in person.roles)
        self.healer_type.set_value(person.healer_type)
        self.hue.set_value(person.hue)

    def _pair(self, *fields: tuple[str, QWidget]) -> QWidget:
        holder = QWidget()
        both = row(spacing=14)
        for label, widget in fields:
            both.addWidget(labelled(label, widget), 1)
        holder.setLayout(both)
        self.body.addWidget(holder)
        return holder

    def _propose(self, first_name: str) -> None:
        if not self._sign_in_typed:
            self.sign_in_name.setText(sign_in_name_of(first_name) if first_name.strip() else "")

    def _on_sign_in_typed(self, text: str) -> None:
        self._sign_in_typed = bool(text)

    def _show_healer(self) -> None:
        healer = getattr(self, "_healer", None)
        if healer is not None:
            healer.setEnabled(Role.HEALER in self.roles())


def _stored(row: PersonRow, field: str) -> Any:
    # Databases order roles each in their own way.
    return tuple(sorted(row.roles)) if field == "roles" else getattr(row, field)


def hue_texts() -> tuple[tuple[str, str], ...]:
    """(hue, its name) in the order of the lists."""
    tr = QCoreApplication.translate
    names = {
        "blue": tr("Hue", "Blue"),
        "violet": tr("Hue", "Violet"),
        "green": tr("Hue", "Green"),
        "amber": tr("Hue", "Amber"),
        "rose": tr("Hue", "Rose"),
        "teal": tr("Hue", "Teal"),
        "slate": tr("Hue", "Slate"),
        "sand": tr("Hue", "Sand"),
    }
    return tuple((hue, names[hue]) for hue in HUES)
