"""What the grid asks for in columns and minutes, turned into days, healers and wall times."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.dialogs import Prefill
from avenrae_desktop.areas.calendar.panel.desk import Desk
from avenrae_desktop.areas.calendar.panel.moves import Moves
from avenrae_desktop.areas.calendar.walls import wall_at
from avenrae_desktop.qtkit.calendar_view import CalendarView

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.panel.panel import CalendarPanel

_PROPOSED = 60
"""Minutes that a click proposes without meaning them: then the service's own length counts."""


class Grid(QObject):
    """Listens to the view and hands on to moves and dialogs."""

    def __init__(self, panel: "CalendarPanel", view: CalendarView, moves: Moves, desk: Desk) -> None:
        super().__init__(panel)
        self._panel, self._view, self._moves, self._desk = panel, view, moves, desk
        view.create_requested.connect(self._on_create)
        view.move_requested.connect(self._on_move)
        view.resize_requested.connect(self._on_resize)
        view.context_menu_requested.connect(self._on_menu)
        view.column_activated.connect(self._on_column)

    def _place_of(self, column: int) -> tuple[date, UUID | None]:
        """The day of a column, and its healer where it is one's own."""
        scope = self._panel.scope
        healer = scope.healers[column].uuid if scope is not None and scope.by_healer else None
        return self._view.board.columns[column].day, healer

    def _on_create(self, column: int, start: int, end: int) -> None:
        if not self._panel.may_book:
            return
        day, healer = self._place_of(column)
        minutes = end - start
        self._desk.book(
            Prefill(
                healer=healer or self._panel.shown.healer,
                local_start=wall_at(day, start),
                minutes=None if minutes == _PROPOSED else minutes,
            )
        )

    def _on_move(self, key: str, column: int, start: int) -> None:
        row = self._panel.row(key)
        if row is not None:
            day, healer = self._place_of(column)
            self._moves.move(row, wall_at(day, start), healer if healer != row.healer else None)

    def _on_resize(self, key: str, start: int, end: int) -> None:
        row = self._panel.row(key)
        card = next((card for card in self._view.board.cards if card.key == key), None)
        if row is not None and card is not None:
            day, _ = self._place_of(card.column)
            self._moves.resize(row, wall_at(day, start), wall_at(day, end))

    def _on_column(self, column: int) -> None:
        """A press on a title: that day in columns, or that healer's week."""
        day, healer = self._place_of(column)
        shown = self._panel.shown
        if healer is None:
            self._panel.look_at(replace(shown, mode="day", day=day))
        else:
            self._panel.look_at(replace(shown, mode="week", healer=healer))

    def _on_menu(self, key: str, column: int, minute: int, at: QPoint) -> None:
        menu = QMenu(self._panel)
        if key:
            menu.addActions([each for each in self._panel.steps.values() if each.isEnabled()])
        elif self._panel.may_book:
            book = self.tr("Book at {time}").format(time=words.minute_text(minute))
            menu.addAction(book, lambda: self._on_create(column, minute, minute + _PROPOSED))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
