"""What can be done to one booking, by its state: for buttons, keys and menus alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from avenrae_desktop.areas.calendar.domain import (
    MAY_BECOME,
    OPEN,
    ArriveBooking,
    CompleteBooking,
    ConfirmBooking,
    NoShowBooking,
)
from avenrae_desktop.kernel.bus import Command
from avenrae_desktop.kernel.values import BookingStatus

Make = Callable[[UUID, int], Command]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `key` is its shortcut; `make` its command, None where a dialog asks first."""

    name: str
    icon: str
    key: str
    make: Make | None = None


def _confirm(booking: UUID, version: int) -> Command:
    return ConfirmBooking(booking=booking, version=version)


def _arrive(booking: UUID, version: int) -> Command:
    return ArriveBooking(booking=booking, version=version)


def _complete(booking: UUID, version: int) -> Command:
    return CompleteBooking(booking=booking, version=version)


def _no_show(booking: UUID, version: int) -> Command:
    return NoShowBooking(booking=booking, version=version)


STEPS: Mapping[str, Step] = MappingProxyType(
    {
        step.name: step
        for step in (
            Step("confirm", "circle-check", "C", _confirm),
            Step("arrive", "user-check", "A", _arrive),
            Step("complete", "check-check", "F", _complete),
            Step("move", "calendar-clock", "M"),
            Step("no_show", "user-x", "S", _no_show),
            Step("again", "repeat", "R"),
            Step("cancel", "ban", "X"),
        )
    }
)

_TARGETS: Mapping[str, BookingStatus] = MappingProxyType(
    {
        "confirm": BookingStatus.CONFIRMED,
        "arrive": BookingStatus.ARRIVED,
        "complete": BookingStatus.COMPLETED,
        "no_show": BookingStatus.NO_SHOW,
        "cancel": BookingStatus.CANCELLED,
    }
)


def steps_for(status: BookingStatus) -> tuple[Step, ...]:
    """What may follow this state, the likeliest first."""
    return tuple(step for name, step in STEPS.items() if may_follow(name, status))


def may_follow(name: str, status: BookingStatus) -> bool:
    """Whether the step is possible from this state."""
    if name in _TARGETS:
        return status in MAY_BECOME[_TARGETS[name]]
    return status in OPEN if name == "move" else True


def step_text(name: str) -> str:
    """What stands on the button."""
    return {
        "confirm": QCoreApplication.translate("calendar", "Confirm"),
        "arrive": QCoreApplication.translate("calendar", "Check in"),
        "complete": QCoreApplication.translate("calendar", "Complete"),
        "move": QCoreApplication.translate("calendar", "Move…"),
        "no_show": QCoreApplication.translate("calendar", "No-show"),
        "again": QCoreApplication.translate("calendar", "Book again…"),
        "cancel": QCoreApplication.translate("calendar", "Cancel…"),
    }[name]


def done_text(name: str, client: str) -> str:
    """What is said afterwards."""
    return {
        "confirm": QCoreApplication.translate("calendar", "Confirmed {client}"),
        "arrive": QCoreApplication.translate("calendar", "Checked in {client}"),
        "complete": QCoreApplication.translate("calendar", "Completed {client}"),
        "no_show": QCoreApplication.translate("calendar", "Marked {client} as no-show"),
        "cancel": QCoreApplication.translate("calendar", "Cancelled {client}"),
    }[name].format(client=client)
