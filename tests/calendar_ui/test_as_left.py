"""The calendar opens as it was left, says that it is loading, and shows who of several is off."""

import threading
from datetime import datetime
from pathlib import Path

from avenrae_desktop.areas.calendar.domain import BlockDates
from avenrae_desktop.areas.calendar.panel import Kept, Memory
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.settings.machine import CALENDAR_VIEWS, MachineSettings
from avenrae_desktop.shell.workspace.calendar_memory import calendar_memory
from tests.calendar_ui.conftest import Open
from tests.calendar_ui.hands import loaded
from tests.calendar_ui.practice import Place
from tests.support.qt import InLoop, until


def test_day_healer_and_height_come_back(place: Place, open_panel: Open, in_loop: InLoop, tmp_path: Path) -> None:
    file = tmp_path / "machine.toml"

    def memory() -> Memory:
        return calendar_memory(MachineSettings(file), place.actor.uuid)

    async def act() -> None:
        first = open_panel(place, memory=memory())
        await loaded(first)
        first.set_healer(place.healers["Jon Arden"])
        first.set_mode("day")
        first.view.set_hour_height(120.0)
        await loaded(first)
        first.close()
        assert memory().recall() == Kept("day", place.healers["Jon Arden"], 120.0)
        second = open_panel(place, memory=memory())
        await loaded(second)
        assert [c.subtitle for c in second.view.board.columns] == ["Jon Arden"]
        assert second.view.hour_height() == 120.0
        assert second.header.mode.value == "day"
        second.set_healer(None)
        await loaded(second)
        second.close()
        third = open_panel(place, memory=memory())
        await loaded(third)
        assert [c.subtitle for c in third.view.board.columns] == ["Mira Voss", "Jon Arden"]

    in_loop(act())


def test_each_person_has_their_own_and_nonsense_counts_as_nothing(tmp_path: Path) -> None:
    machine = MachineSettings(tmp_path / "machine.toml")
    one, other = new_uuid(), new_uuid()
    calendar_memory(machine, one).keep(Kept("week", None, 64.0))
    assert calendar_memory(machine, one).recall() == Kept("week", None, 64.0)
    assert calendar_memory(machine, other).recall() is None
    machine.set(
        CALENDAR_VIEWS, {str(one): {"mode": "day", "healer": "nobody", "hour_height": "x"}, str(other): {}}
    )
    assert calendar_memory(machine, one).recall() is None
    assert calendar_memory(machine, other).recall() is None


def test_a_healer_who_is_gone_counts_as_everybody(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place, memory=Memory(lambda: Kept("day", new_uuid(), 64.0), lambda _: None))
        await loaded(panel)
        assert [c.subtitle for c in panel.view.board.columns] == ["Mira Voss", "Jon Arden"]
        assert panel.header.healers.value() is None

    in_loop(act())


def test_a_slow_first_board_says_so_and_a_quick_one_does_not(
    place: Place, open_panel: Open, in_loop: InLoop
) -> None:
    go_on = threading.Event()
    reads = place.accounts.healers

    class Slow:
        def healers(self) -> object:
            assert go_on.wait(5)
            return reads()

    async def act() -> None:
        quick = open_panel(place)
        await loaded(quick)
        assert quick.waiting.isHidden()
        assert not quick.waiting._timer.isActive()
        slow = open_panel(place)
        object.__setattr__(slow._sources, "accounts", Slow())
        assert slow.waiting.isHidden()
        await until(slow.waiting.isVisible)
        assert slow.waiting.text() == "Loading…"
        assert slow.waiting.geometry() == slow.view.geometry()
        go_on.set()
        await until(slow.waiting.isHidden)
        assert slow.view.board.columns

    in_loop(act())
    go_on.set()


def test_one_healers_time_off_in_everybodys_week(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    def off(healer: str | None, begins: int, ends: int, reason: str = "") -> None:
        start, end = datetime(2026, 11, 26, begins), datetime(2026, 11, 26, ends)
        who = place.healers[healer] if healer else None
        place.do(BlockDates(block=new_uuid(), healer=who, local_start=start, local_end=end, reason=reason))

    off("Mira Voss", 9, 12, "Dentist")
    off("Jon Arden", 11, 16)
    off(None, 14, 15, "Fire drill")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.set_healer(None)
        await until(lambda: any(b.kind == "away" for b in panel.view.board.blocks))
        thursday = [b for b in panel.view.board.blocks if b.column == 3 and b.kind != "break"]
        assert [(b.start // 60, b.end // 60, b.text, b.kind) for b in thursday] == [
            (14, 15, "Closed · Fire drill", "time_off"),
            (9, 11, "Mira · Dentist", "away"),
            (11, 12, "Mira, Jon · Time off", "away"),
            (13, 14, "Jon · Time off", "away"),
            (15, 16, "Jon · Time off", "away"),
        ]
        assert "Mira · Dentist 09:00 to 11:00" in panel.view.board.columns[3].accessible

    in_loop(act())
