"""A person's hands and eyes inside the process: keys go to the window that has the focus."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from avenrae_desktop.shell.program import Program
from avenrae_desktop.shell.workspace.workspace import Workspace
from tests.support.qt import rounds

P = TypeVar("P", bound=QWidget)
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    def __init__(self, program: Program) -> None:
        self.program = program

    @property
    def work(self) -> Workspace:
        assert self.program.workspace is not None
        return self.program.workspace

    def page(self, kind: type[P]) -> P:
        """The page of the way in, which must be of this kind."""
        page = self.program.entrance.page
        assert isinstance(page, kind), page
        return page

    async def until(self, holds: Callable[[], Any], seconds: float = 30) -> None:
        end = asyncio.get_running_loop().time() + seconds
        while not holds():
            if asyncio.get_running_loop().time() > end:
                pytest.fail(f"still not so after {seconds} s")
            await asyncio.sleep(0.01)

    async def rest(self) -> None:
        """Until nothing is being read, and what was read is shown."""
        await rounds()
        await self.until(lambda: not self.program._runner.busy)
        await rounds()

    async def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Through the native window, so that shortcuts and the lock hear it."""
        await self._outside(lambda: QTest.keyClick(self._window(), key, modifiers))

    async def type(self, text: str) -> None:
        for char in text:
            await self._outside(lambda char=char: QTest.keyClick(self._window(), char))

    def _window(self) -> QWindow:
        window = QApplication.focusWindow() or self.program.window.windowHandle()
        assert window is not None
        return window

    async def _outside(self, press: Callable[[], object]) -> None:
        """QTest handles events inside its call, which a task must not do."""
        loop = asyncio.get_running_loop()
        done = loop.create_future()

        def act() -> None:
            press()
            done.set_result(None)

        loop.call_soon(act)
        await done
        await self.rest()

    async def dialog(self) -> QDialog:
        await self.until(dialogs)
        dialog = dialogs()[0]
        await self.until(dialog.isActiveWindow)
        return dialog


def dialogs() -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
