"""The calendar's actions with their keys: one list for shortcuts, menus and the command bar."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.calendar.actions import STEPS, step_text

_MORE_KEYS = {"complete": ("Shift+C",), "cancel": ("Delete",)}


def action(text: str, keys: tuple[str, ...], do: Callable[[], object], parent: QWidget) -> QAction:
    """An action whose keys work inside the widgets that it is added to."""
    made = QAction(text, parent)
    made.setShortcuts([QKeySequence(key) for key in keys])
    made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.triggered.connect(lambda _=False: do())
    return made


def step_actions(do: Callable[[str], object], parent: QWidget) -> dict[str, QAction]:
    """One action for each thing that can be done to a booking."""

    def bound(step: str) -> Callable[[], object]:
        return lambda: do(step)

    found = {}
    for name, step in STEPS.items():
        keys = (step.key, *_MORE_KEYS.get(name, ()))
        found[name] = action(step_text(name), keys, bound(name), parent)
    return found
