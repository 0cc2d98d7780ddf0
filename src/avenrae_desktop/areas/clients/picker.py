"""Picking a client by typing part of a name, phone number or e-mail, or going on to add one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.clients.queries import ClientHit
from avenrae_desktop.areas.clients.words import hit_text
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import Choice, PickBox

if TYPE_CHECKING:
    from avenrae_desktop.areas.clients.repository import ClientReads


@dataclass(frozen=True, slots=True)
class _New:
    text: str


class ClientPicker(PickBox):
    """Hits show birth date and last phone digits; the last row adds a client of the typed name.

    `picked(ClientHit)` comes from the person only. `cleared` when a pick was typed over.
    """

    add_requested = Signal(str)

    def __init__(
        self, reads: "ClientReads", runner: Runner, parent: QWidget | None = None, *, may_add: bool = True
    ) -> None:
        placeholder = self.tr("Name, phone or e-mail")
        super().__init__(placeholder, self._find, runner, parent, least=1)
        self._reads = reads
        self._may_add = may_add

    @property
    def hit(self) -> ClientHit | None:
        """Who is picked now."""
        value = self.value()
        return value if isinstance(value, ClientHit) else None

    def set_hit(self, hit: ClientHit | None) -> None:
        """Set who is picked; emits nothing."""
        self.set_choice(None if hit is None else _choice(hit))

    def pick(self, choice: Choice) -> None:
        """As the person would: a client, or the wish for a new one, which leaves the text as it is."""
        if isinstance(choice.value, _New):
            self.set_choice(None)
            self.setText(choice.value.text)
            self.add_requested.emit(choice.value.text)
        else:
            super().pick(choice)

    async def _find(self, text: str) -> Sequence[Choice]:
        hits = await self._runner.ask(self._reads.find, text, key=("clients.picker", id(self)))
        found = [_choice(hit) for hit in hits]
        if self._may_add:
            words = self.tr("Add new client “{text}”").format(text=text)
            found.append(Choice(words, "" if hits else self.tr("No client matches"), _New(text)))
        return found


def _choice(hit: ClientHit) -> Choice:
    return Choice(hit.name, hit_text(hit), hit)
