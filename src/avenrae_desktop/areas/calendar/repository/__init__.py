"""SQL of the calendar: `CalendarReads` for screens, and the reads and writes inside a command."""

from avenrae_desktop.areas.calendar.repository.reads import CalendarReads

__all__ = ["CalendarReads"]
