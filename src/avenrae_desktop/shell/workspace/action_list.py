"""Every action of the window: what it is called, its keys, where it stands in the key list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Listed:
    """An action, and the group that it is listed under."""

    group: str
    action: QAction
    icon: str = "command"
    findable: bool = True

    @property
    def keys(self) -> str:
        """Its keys as they stand on the keyboard."""
        shown = (k.toString(QKeySequence.SequenceFormat.NativeText) for k in self.action.shortcuts())
        return self.action.property("avenraeKeys") or ", ".join(filter(None, shown))

    @property
    def text(self) -> str:
        return self.action.text().replace("&", "").removesuffix("…")


class ActionList(QObject):
    """The window's own actions, and those of the panel that is shown."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._listed: list[Listed] = []

    def add(
        self,
        group: str,
        text: str,
        keys: Iterable[str],
        do: Callable[[], object],
        icon: str = "command",
        *,
        findable: bool = True,
    ) -> QAction:
        """Make an action that works anywhere in the window while it is shown."""
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _=False: do())
        self._window.addAction(action)
        self._listed.append(Listed(group, action, icon, findable))
        return action

    def take(self, group: str, actions: Iterable[QAction], icon: str) -> None:
        """List a panel's own actions."""
        self._listed.extend(Listed(group, action, icon) for action in actions)
        self.changed.emit()

    def all(self) -> tuple[Listed, ...]:
        return tuple(self._listed)

    def find(self, text: str, limit: int = 8, group: str = "") -> tuple[Listed, ...]:
        """Actions that can be done now and have words that begin so; those of the group first."""
        typed = text.casefold().split()
        found = [a for a in self._listed if a.action.isEnabled() and a.findable and _begins(a, typed)]
        start = text.casefold().strip()
        found.sort(key=lambda a: (not a.text.casefold().startswith(start), a.group != group))
        return tuple(found[:limit])


def _begins(each: Listed, typed: list[str]) -> bool:
    words = f"{each.text} {each.group}".casefold().split()
    return all(any(word.startswith(part) for word in words) for part in typed)
