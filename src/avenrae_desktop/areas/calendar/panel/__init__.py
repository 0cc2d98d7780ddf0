"""The calendar's place in the window."""

from avenrae_desktop.areas.calendar.panel.loading import Sources
from avenrae_desktop.areas.calendar.panel.memory import Kept, Memory
from avenrae_desktop.areas.calendar.panel.panel import CalendarPanel

__all__ = ["CalendarPanel", "Kept", "Memory", "Sources"]
