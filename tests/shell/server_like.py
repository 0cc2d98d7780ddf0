"""A practice that looks to the window as if it were on a server: a file behind it, and news of others by hand."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from avenrae_desktop.bootstrap import App
from avenrae_desktop.bootstrap.live import Seen
from avenrae_desktop.db.presence import OpenRecord
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.kernel.bus import Command, Outcome
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.link import LinkState

HOST = "praxis.example.org"
ADDRESS = ServerAddress((Host(HOST),), "avenrae", Trust.NAMES)


@dataclass
class ToldLive:
    """Answers each question with `now`; what is news is told once."""

    now: Seen = field(default_factory=lambda: Seen(LinkState.CONNECTED, HOST))
    polls: int = 0
    at_once: int = 0
    most_at_once: int = 0
    watched: list[tuple[str, UUID] | None] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.gate.set()

    def poll(self) -> Seen:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.gate.wait(5)
        with self.lock:
            told, self.now = self.now, replace(self.now, changes=Changes(), late=(), ended=None)
        self.polls += 1
        self.at_once -= 1
        return told

    def watch(self, record: tuple[str, UUID] | None) -> None:
        self.watched.append(record)

    def tell(self, **news: Any) -> None:
        """Something is otherwise from the next question on."""
        with self.lock:
            self.now = replace(self.now, **news)

    def open_at(self, name: str, kind: str, record: UUID) -> None:
        self.tell(open_elsewhere=(OpenRecord(name, kind, record),))


class ServerLike:
    """The app of a file, with a server's `live` and `server`."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.live = ToldLive()
        self.server = ADDRESS
        self.carry_out: Callable[[Command], Outcome] = app.do

    def do(self, command: Command) -> Outcome:
        return self.carry_out(command)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.app, name)

    def elsewhere(self, command: Command) -> None:
        """Somebody does this at another desk; this window hears of it as it would from a server."""
        outcome = self.app.do(command)
        self.live.tell(changes=outcome.changes)
