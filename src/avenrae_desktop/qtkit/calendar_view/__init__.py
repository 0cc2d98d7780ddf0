"""A week or day calendar that knows no area: give it a `Board`, listen to its signals."""

from avenrae_desktop.qtkit.calendar_view.board import Block, Board, Card, Column, StateShape
from avenrae_desktop.qtkit.calendar_view.view import CalendarView

__all__ = ["Block", "Board", "CalendarView", "Card", "Column", "StateShape"]
