"""The calendar's dialogs."""

from avenrae_desktop.areas.calendar.dialogs.booking import BookingDialog, Prefill
from avenrae_desktop.areas.calendar.dialogs.cancel import CancelDialog
from avenrae_desktop.areas.calendar.dialogs.hours import HoursDialog
from avenrae_desktop.areas.calendar.dialogs.move import MoveDialog
from avenrae_desktop.areas.calendar.dialogs.time_off import TimeOffDialog

__all__ = ["BookingDialog", "CancelDialog", "HoursDialog", "MoveDialog", "Prefill", "TimeOffDialog"]
