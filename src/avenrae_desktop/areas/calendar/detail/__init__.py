"""The pane beside the calendar: one booking, or what today still brings."""

from avenrae_desktop.areas.calendar.detail.pane import DetailPane

__all__ = ["DetailPane"]
