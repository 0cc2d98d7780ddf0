"""The system asks the program to end while something is half typed: it goes at once, and nothing is lost."""

import time
from collections.abc import Callable

from tests.acceptance import flows
from tests.acceptance.person import Person


def test_asked_to_end_in_the_middle_of_a_dialog(owner: Person, start: Callable[[Person], None]) -> None:
    start(owner)
    flows.come_in(owner)
    flows.begin_booking(owner)
    owner.fill("Note", "Half a thought")
    assert owner.program is not None
    asked = time.monotonic()
    owner.program.terminate()
    assert owner.wait_until_ended() == 0
    assert time.monotonic() - asked < 3
    assert b"Traceback" not in (owner.pictures / "program.log").read_bytes()
    start(owner)
    flows.come_in(owner)
    owner.see("Not saved last time", "dialog")
    owner.read("Half a thought")
    owner.act("^Go on: ", regex=True)
    owner.see("New booking", "dialog")
    assert owner.see("Note", "text").text == "Half a thought"
    assert owner.see("Client", "text").text == "Priya Nair"
    owner.key("ctrl+Return")
    owner.gone("New booking", "dialog")
    owner.read("Half a thought")
