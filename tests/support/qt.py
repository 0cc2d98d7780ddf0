"""Fixtures for tests of screens: `from tests.support.qt import in_loop, runner, theme` in an area's conftest."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, Protocol, TypeVar

import pytest
from PySide6.QtWidgets import QApplication

from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme, current_theme

T = TypeVar("T")


class InLoop(Protocol):
    def __call__(self, coro: Coroutine[Any, Any, T], seconds: float = 60) -> T: ...


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at zoom 1; put back afterwards."""
    found = current_theme()
    found.mode, found.zoom = "light", 1.0
    yield found
    found.mode, found.zoom = "light", 1.0


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    """A runner without a bus; `runner.use(bus)` gives it one."""
    made = Runner()
    yield made
    made.close()


@pytest.fixture
def in_loop(qapp: QApplication) -> Iterator[InLoop]:
    """`in_loop(coro)` runs a coroutine to its end in the program's kind of event loop."""
    import qasync

    loop = qasync.QEventLoop(qapp)

    def run(coro: Coroutine[Any, Any, T], seconds: float = 60) -> T:
        return loop.run_until_complete(asyncio.wait_for(coro, seconds))

    yield run
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


async def rounds() -> None:
    """Three turns of the loop, however slow the machine: a slot's task begins in the next one, and what it awaited
    is shown in the one after the answer came.
    """
    await asyncio.sleep(0.003)
    for _ in range(3):
        await asyncio.sleep(0)


async def until(holds: Callable[[], Any], seconds: float = 20) -> None:
    """Let the loop go on until the condition holds; fails when it does not in time."""
    end = asyncio.get_running_loop().time() + seconds
    while not holds():
        if asyncio.get_running_loop().time() > end:
            pytest.fail(f"still not so after {seconds} s")
        await asyncio.sleep(0.01)
