"""What stands in a form that is not saved yet, as plain values: enough to open it again in another run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from avenrae_desktop.kernel.codec import dumps, from_plain, to_plain
from avenrae_desktop.qtkit.dialogs.form import FormDialog
from avenrae_desktop.qtkit.widgets import ComboBox, DateField, PickBox, SegmentedControl


@dataclass(frozen=True, slots=True)
class Draft:
    """One form. It may be about a client: it is shown to the person who typed it, and kept sealed."""

    id: UUID
    kind: str
    """`FormDialog.draft_kind`."""
    title: str
    about: str
    values: Mapping[str, Any]
    typed: tuple[tuple[str, str], ...]
    """(field, text), as a person reads it."""
    at: datetime = field(compare=False)
    """When it was looked at."""

    def text(self) -> str:
        """All that was typed, to read and to copy."""
        head = " · ".join(filter(None, (self.title, self.about)))
        return "\n".join((head, *(f"    {label}: {text}" for label, text in self.typed)))


def draft_of(form: FormDialog, now: datetime) -> Draft:
    """What stands in the form now."""
    return Draft(
        form.draft_id, form.draft_kind, form.windowTitle(), form.about, form.draft_values(), form.typed(), now
    )


def drafts_to_text(drafts: tuple[Draft, ...]) -> str:
    return dumps([to_plain(each) for each in drafts])


def drafts_from_plain(plain: Any) -> tuple[Draft, ...]:
    """Raises KeyError, TypeError or ValueError for what is none."""
    return tuple(from_plain(Draft, each) for each in plain)


def plain_in(widget: QWidget) -> Any:
    """What a field holds, as a JSON value; None for a field of no usual kind, and for a search that picks."""
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, PickBox):
        return None
    if isinstance(widget, DateField):
        # "tomorrow" is another day tomorrow.
        day = widget.value()
        return widget.text() if day is None else day.isoformat()
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, SegmentedControl):
        return widget.value
    if isinstance(widget, QSpinBox):
        return widget.value()
    if isinstance(widget, ComboBox):
        return widget.currentText() if widget.isEditable() else to_plain(widget.value())
    return widget.isChecked() if isinstance(widget, QAbstractButton) else None


def put_plain(widget: QWidget, plain: Any) -> None:
    """Fill a field with what `plain_in` gave; a choice that is on offer no more leaves it as it is."""
    if isinstance(widget, QPlainTextEdit):
        widget.setPlainText(plain)
    elif isinstance(widget, PickBox):
        return
    elif isinstance(widget, DateField):
        _put_day(widget, plain)
    elif isinstance(widget, QLineEdit):
        widget.setText(plain)
    elif isinstance(widget, SegmentedControl):
        widget.set_value(plain)
    elif isinstance(widget, QSpinBox):
        widget.setValue(plain)
    elif isinstance(widget, ComboBox):
        _choose(widget, plain)
    elif isinstance(widget, QAbstractButton):
        widget.setChecked(plain)


def _put_day(field: DateField, plain: str) -> None:
    try:
        field.set_value(date.fromisoformat(plain))
    except ValueError:
        field.setText(plain)


def _choose(box: ComboBox, plain: Any) -> None:
    if box.isEditable():
        box.setEditText(plain)
        return
    for at in range(box.count()):
        if to_plain(box.itemData(at)) == plain:
            box.setCurrentIndex(at)
            return
