"""Waiting for a server with a way out: the page says what goes on and offers to cancel."""

import asyncio
from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from shiboken6 import isValid

from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.shell.entry.page import EntryPage

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Stopped(Exception):
    """The person does not want to wait any more; what the call comes to is dropped."""


async def waited(page: EntryPage, runner: Runner, words: str, work: Callable[[*Ts], T], *args: *Ts) -> T:
    """The answer of blocking work. Raises Stopped when the person cancels, and what the work raises."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - a coroutine runs in one
    stopped = False

    def stop() -> None:
        nonlocal stopped
        if not stopped:
            stopped = True
            task.cancel()

    connection = page.stopped.connect(stop)
    page.set_busy(words, may_stop=True)
    try:
        return await runner.ask(work, *args)
    except asyncio.CancelledError:
        if not stopped:
            raise
        task.uncancel()
        raise Stopped from None
    finally:
        if isValid(page):
            page.stopped.disconnect(connection)
            page.set_busy(None)
