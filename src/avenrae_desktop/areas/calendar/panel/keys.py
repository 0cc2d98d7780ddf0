"""The calendar's actions with their keys: one list for shortcuts, menus and the command bar."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.calendar.actions import STEPS, step_text

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.panel.panel import CalendarPanel

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


def panel_actions(panel: "CalendarPanel", *, may_manage: bool) -> tuple[QAction, ...]:
    """Everything the calendar can do. Letters that change a booking work only where one is looked at."""
    desk = panel.desk
    new = action(QCoreApplication.translate("calendar", "New booking"), ("N",), panel.new_booking, panel)
    new.setEnabled(panel.may_book)
    panel.header.new.setEnabled(panel.may_book)
    views = [
        action(QCoreApplication.translate("calendar", "Go to today"), ("T",), panel.go_today, panel),
        action(
            QCoreApplication.translate("calendar", "Show one day"), ("D",), lambda: panel.set_mode("day"), panel
        ),
        action(
            QCoreApplication.translate("calendar", "Show one week"), ("W",), lambda: panel.set_mode("week"), panel
        ),
        action(QCoreApplication.translate("calendar", "Earlier"), ("PgUp",), lambda: panel.turn(-1), panel),
        action(QCoreApplication.translate("calendar", "Later"), ("PgDown",), lambda: panel.turn(1), panel),
    ]
    manage = [
        action(QCoreApplication.translate("calendar", "Weekly hours…"), ("H",), desk.edit_hours, panel),
        action(QCoreApplication.translate("calendar", "Time off…"), ("O",), desk.edit_time_off, panel),
    ]
    for each in manage:
        each.setEnabled(may_manage)
    panel.header.set_menu(manage)
    panel.addActions([new, *views, *manage])
    for place in (panel.view, panel.pane):
        place.addActions(list(panel.steps.values()))
    return (new, *views, *manage, *panel.steps.values())
