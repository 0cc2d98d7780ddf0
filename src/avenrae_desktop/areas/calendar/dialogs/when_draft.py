"""The time in a form that is not saved yet, as plain values, and back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.dialogs.draft import plain_in, put_plain
from avenrae_desktop.qtkit.widgets import DateField, LineEdit, TimeField


class KeepsTime:
    """Part of `WhenBox`. A time that the program proposed is proposed anew; one that a person chose comes back."""

    date: DateField
    start: TimeField
    end: TimeField
    end_date: DateField
    outside: LineEdit
    overbooking: LineEdit
    second: bool | None
    _own_time: bool
    _own_end: bool
    _own_minutes: int | None
    _filling: bool
    _outside_box: QWidget
    _overbooking_box: QWidget
    _end_date_box: QWidget

    def draft_values(self) -> dict[str, Any]:
        """JSON values."""
        return {
            "own_time": self._own_time,
            "own_end": self._own_end,
            "own_minutes": self._own_minutes,
            "second": self.second,
            "fields": {key: plain_in(widget) for key, widget in self._kept().items()},
            "shown": [key for key, box in self._boxes().items() if not box.isHidden()],
        }

    def fill_from(self, plain: dict[str, Any]) -> None:
        """Fill in what `draft_values` gave. Raises KeyError for what is none."""
        shown = plain["shown"]
        reasons = ("outside_hours_reason", "overbooking_reason")
        for key in reasons:
            put_plain(self._kept()[key], plain["fields"][key])
        for key, box in self._boxes().items():
            box.setVisible(key in shown and (key in reasons or plain["own_time"]))
        if not plain["own_time"]:
            return
        for key in ("date", "start", "end", "end_date"):
            self._silently(partial(put_plain, self._kept()[key], plain["fields"][key]))
        self._own_time, self._own_end = True, plain["own_end"]
        self._own_minutes, self.second = plain["own_minutes"], plain["second"]
        self._after_filling()

    def _after_filling(self) -> None:
        raise NotImplementedError

    def _silently(self, do: Callable[[], object]) -> None:
        """Fill in without following up what it changes."""
        before, self._filling = self._filling, True
        do()
        self._filling = before

    def _kept(self) -> dict[str, QWidget]:
        return {
            "date": self.date,
            "start": self.start,
            "end": self.end,
            "end_date": self.end_date,
            "outside_hours_reason": self.outside,
            "overbooking_reason": self.overbooking,
        }

    def _boxes(self) -> dict[str, QWidget]:
        return {
            "end_date": self._end_date_box,
            "outside_hours_reason": self._outside_box,
            "overbooking_reason": self._overbooking_box,
        }
