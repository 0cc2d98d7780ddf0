"""What somebody does at the desk in a minute, again and again: looks, books, moves, cancels, searches."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from avenrae_desktop.areas.calendar.dialogs import BookingDialog, CancelDialog, MoveDialog
from avenrae_desktop.areas.calendar.panel import CalendarPanel
from avenrae_desktop.areas.clients.panel import ClientsPanel
from avenrae_desktop.qtkit.dialogs import FormDialog
from tests.bench.ui.desk import Desk
from tests.shell.hands import CTRL, NONE, dialogs

D = TypeVar("D", bound=QDialog)
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
Step = tuple[str, Callable[[], Awaitable[None]]]


class Work:
    """One person's hands for as many rounds as wanted; `actions` counts what was done."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._hands = desk, desk.hands
        self._names = itertools.cycle(desk.names)
        self.actions = 0
        self.refused = 0

    @property
    def steps(self) -> tuple[Step, ...]:
        """A round, in order, about a minute of somebody's work."""
        return (
            ("weeks: page on and back", self._weeks),
            ("days of everybody: page on", self._days),
            ("calendar: from card to card", self._cards),
            ("calendar: scroll", self._scroll),
            ("book", self._book),
            ("move", self._move),
            ("cancel", self._cancel),
            ("undo", self._undo),
            ("cancel again", self._cancel),
            ("clients: search", self._search),
            ("clients: walk down the list", self._walk),
            ("client: open and close", self._open_client),
            ("services: look", self._services),
            ("command bar: find a client", self._command_bar),
            ("settings: look", self._settings),
            ("keys: look", self._keys),
            ("hours and time off: open and close", self._hours),
            ("theme: dark and light", self._theme),
            ("size: larger and normal", self._size),
        )

    async def round(self) -> AsyncIterator[str]:
        """Goes through the steps; says each before it is done."""
        for name, step in self.steps:
            yield name
            # Offscreen there is no window manager that would bring the window back after a dialog.
            self._desk.program.window.activateWindow()
            await self._hands.rest()
            await step()

    # --- calendar ----------------------------------------------------------------------------------
    async def _weeks(self) -> None:
        await self._calendar()
        await self._key(Key.Key_W)
        for key in (Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageUp, Key.Key_T):
            await self._key(key)

    async def _days(self) -> None:
        await self._calendar()
        await self._key(Key.Key_D)
        for key in (Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageUp, Key.Key_T):
            await self._key(key)

    async def _cards(self) -> None:
        panel = await self._calendar()
        for key in (Key.Key_Home, Key.Key_Down, Key.Key_Right, Key.Key_Down, Key.Key_Left):
            await self._key(key)
        await self._key(Key.Key_Return)
        await self._key(Key.Key_Escape)
        panel.view.setFocus()

    async def _scroll(self) -> None:
        panel = await self._calendar()
        area = panel.view.viewport()
        for turn in (-120, -120, -120, 120, 120, 120):
            for keys in (NONE, SHIFT):
                self._wheel(area, turn, keys)
                await self._done()

    async def _book(self) -> None:
        panel = await self._calendar()
        await self._hands.key(Key.Key_B, CTRL)
        dialog = await self._dialog(BookingDialog)
        await self._hands.type(next(self._names))
        await self._hands.until(QApplication.activePopupWidget)
        await self._hands.rest()
        # Offscreen the list never becomes the active window: the key goes to it directly.
        await self._hands._outside(lambda: QTest.keyClick(QApplication.activePopupWidget(), Key.Key_Return))
        await self._hands.until(lambda: dialog.client.hit is not None)
        await self._hands.rest()
        await self._save(dialog)
        await self._hands.until(lambda: panel.view.current_row() >= 0 or self.refused)

    async def _move(self) -> None:
        if await self._on_a_card("move"):
            dialog = await self._dialog(MoveDialog)
            chips = [button for button in dialog.when.free.buttons if button.isEnabled()]
            if chips:
                chips[len(chips) // 2].click()
                await self._done()
            await self._save(dialog)

    async def _cancel(self) -> None:
        if await self._on_a_card("cancel"):
            await self._save(await self._dialog(CancelDialog))

    async def _undo(self) -> None:
        await self._hands.key(Key.Key_Z, CTRL)
        await self._done()

    async def _hours(self) -> None:
        panel = await self._calendar()
        for edit in (panel.desk.edit_hours, panel.desk.edit_time_off):
            edit()
            await self._leave(await self._dialog(FormDialog))

    async def _on_a_card(self, step: str) -> bool:
        """Begins a step of the chosen booking; False where it is none that the step is for."""
        panel = await self._calendar()
        action = panel.steps[step]
        await self._hands.rest()
        if not action.isEnabled():
            self.refused += 1
            return False
        action.trigger()
        return True

    # --- clients and the rest ----------------------------------------------------------------------
    async def _search(self) -> None:
        await self._hands.key(Key.Key_2, CTRL)
        panel = self._hands.work.panel("clients")
        assert isinstance(panel, ClientsPanel)
        panel.search.setFocus()
        for _ in range(2):
            panel.search.selectAll()
            await self._hands.type(next(self._names))
            await self._hands.until(lambda: panel.pane.detail is not None)
            await self._done()

    async def _walk(self) -> None:
        await self._hands.key(Key.Key_2, CTRL)
        panel = self._hands.work.panel("clients")
        assert isinstance(panel, ClientsPanel)
        panel.search.clear()
        await self._hands.rest()
        panel.table.setFocus()
        for key in (Key.Key_PageDown,) * 6 + (Key.Key_Down,) * 3:
            await self._key(key)

    async def _open_client(self) -> None:
        await self._hands.key(Key.Key_2, CTRL)
        panel = self._hands.work.panel("clients")
        assert isinstance(panel, ClientsPanel)
        await self._hands.until(lambda: panel.pane.detail is not None)
        panel.edit_client()
        await self._leave(await self._dialog(FormDialog))

    async def _services(self) -> None:
        await self._hands.key(Key.Key_3, CTRL)
        await self._key(Key.Key_PageDown)
        await self._key(Key.Key_Down)

    async def _command_bar(self) -> None:
        await self._hands.key(Key.Key_K, CTRL)
        await self._hands.type(next(self._names))
        bar = self._hands.work.top.commands
        await self._hands.until(bar.popup.isVisible)
        await self._hands.rest()
        await self._key(Key.Key_Down)
        await self._key(Key.Key_Return)

    async def _settings(self) -> None:
        await self._hands.key(Key.Key_Comma, CTRL)
        await self._done()

    async def _keys(self) -> None:
        await self._key(Key.Key_F1)

    async def _theme(self) -> None:
        await self._calendar()
        for _ in range(2):
            self._hands.work.look.toggle()
            await self._done()

    async def _size(self) -> None:
        for change in (self._hands.work.look.larger, self._hands.work.look.normal):
            change()
            await self._done()

    # --- hands ---------------------------------------------------------------------------------------
    async def _calendar(self) -> CalendarPanel:
        panel = self._hands.work.panel("calendar")
        assert isinstance(panel, CalendarPanel)
        if self._hands.work.key != "calendar":
            await self._hands.key(Key.Key_1, CTRL)
            await self._done()
        await self._hands.until(lambda: panel.view.board.columns)
        panel.view.setFocus()
        return panel

    async def _key(self, key: Qt.Key) -> None:
        await self._hands.key(key)
        await self._done()

    async def _done(self) -> None:
        """One thing was done; on to the next when the window shows what came of it."""
        self.actions += 1
        await self._hands.rest()

    async def _dialog(self, kind: type[D]) -> D:
        await self._hands.until(lambda: any(isinstance(each, kind) for each in dialogs()))
        await self._hands.rest()
        found = next(each for each in dialogs() if isinstance(each, kind))
        found.activateWindow()
        return found

    async def _save(self, dialog: FormDialog) -> None:
        dialog.submit()
        await self._hands.until(lambda: not dialogs() or dialog.banner.isVisible())
        if dialogs():
            self.refused += 1
            dialog.discard()
        await self._done()

    async def _leave(self, dialog: QDialog) -> None:
        dialog.reject()
        await self._hands.until(lambda: not dialogs())
        await self._done()

    @staticmethod
    def _wheel(area: QWidget, turn: int, keys: Qt.KeyboardModifier) -> None:
        at = QPointF(area.rect().center())
        phase, none = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
        event = QWheelEvent(at, area.mapToGlobal(at), QPoint(), QPoint(0, turn), none, keys, phase, False)
        QApplication.sendEvent(area, event)
