"""Change my own name and e-mail address."""

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.accounts.domain import EditMyself
from avenrae_desktop.areas.accounts.problems import NO_PERSON
from avenrae_desktop.areas.accounts.queries import PersonRow
from avenrae_desktop.kernel.errors import NotFound
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.dialogs.version import EditedVersion, Fields
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import LineEdit, labelled, row

if TYPE_CHECKING:
    from avenrae_desktop.areas.accounts.repository import AccountReads

_FIELDS = ("first_name", "last_name", "email")


def read_myself(reads: "AccountReads", me: UUID) -> PersonRow:
    """Raises NotFound."""
    found = reads.member(me)
    if found is None:
        raise NotFound(NO_PERSON)
    return found.person


class MyselfDialog(FormDialog):
    draft_kind = "myself"

    def __init__(
        self, reads: "AccountReads", me: PersonRow, runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__(QCoreApplication.translate("Account", "My name and e-mail"), runner, parent)
        self.first_name, self.last_name = LineEdit(), LineEdit()
        names = QWidget()
        names.setLayout(
            row(
                labelled(self.tr("&First name"), self.first_name),
                labelled(self.tr("&Last name"), self.last_name),
                spacing=14,
            )
        )
        self.body.addWidget(names)
        self.register("first_name", self.first_name)
        self.register("last_name", self.last_name)
        hint = self.tr("An address that is yours alone. It may stay empty.")
        self.email = self.field("email", self.tr("&E-mail"), LineEdit(), hint)
        for name in _FIELDS:
            self._put(name, _stored(me, name))
        fields = Fields(_FIELDS, self._label, self._typed, self._put, _stored_text, self._typed, _stored)
        record = ("person", me.uuid)
        self._edited_person = EditedVersion(self, runner, record, me, fields, partial(read_myself, reads, me.uuid))
        self.edits(*record, self._edited_person)

    def _label(self, field: str) -> str:
        return {
            "first_name": self.tr("first name"),
            "last_name": self.tr("last name"),
            "email": self.tr("e-mail"),
        }[field]

    def _typed(self, field: str) -> str:
        edit: LineEdit = getattr(self, field)
        return edit.text()

    def _put(self, field: str, value: Any) -> None:
        edit: LineEdit = getattr(self, field)
        edit.setText(value)

    async def save(self) -> None:
        command = EditMyself(
            person=self._edited_person.row.uuid,
            version=self._edited_person.version,
            first_name=self.first_name.text(),
            last_name=self.last_name.text(),
            email=self.email.text(),
        )
        await self._runner.do(command, self)


def _stored(row_: PersonRow, field: str) -> str:
    return getattr(row_, field) or ""


def _stored_text(field: str, row_: PersonRow) -> str:
    return _stored(row_, field)
