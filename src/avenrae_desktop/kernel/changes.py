"""What a command altered, so that each screen can decide by itself whether to reload."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Touched:
    """One altered thing: its kind ("booking", "client", ...), its uuid and its version afterwards."""

    kind: str
    uuid: UUID
    version: int = 1


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything one command altered."""

    touched: tuple[Touched, ...] = ()
    everything: bool = False
    """Nobody knows what changed: everything on screen has to be read again."""

    def kinds(self) -> frozenset[str]:
        return frozenset(t.kind for t in self.touched)

    def concerns(self, kinds: Iterable[str]) -> bool:
        """Whether a screen that shows these kinds has to reload."""
        return self.everything or not self.kinds().isdisjoint(kinds)
