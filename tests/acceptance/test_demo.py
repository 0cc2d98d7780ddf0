"""The demo practice from outside: tried, kept from one start to the next, thrown away."""

from collections.abc import Callable

from tests.acceptance import flows
from tests.acceptance.person import Person


def test_the_demo_is_kept_until_it_is_thrown_away(person: Person, start: Callable[[Person], None]) -> None:
    demo = flows.data_of(person.screen.home) / "demo"
    start(person)
    person.press("Try the demo practice")
    person.see("Calendar", "check box", seconds=40)
    flows.add_client(person, "Ada", "Probe")
    flows.begin_booking(person, "probe", "Ada Probe")
    person.key("ctrl+Return")
    person.gone("New booking", "dialog")
    booked = flows.card(person, "Ada Probe")
    assert demo.is_dir()
    assert flows.quit_program(person) == 0

    start(person)
    person.press("Try the demo practice")
    flows.signed_in(person)
    person.key("ctrl+k")
    person.type("ada probe")
    person.read("Ada Probe, ")
    assert booked.name
    person.key("Escape")
    person.press("Throw away the demo…")
    person.press("Throw away")
    person.see("Begin")
    person.wait(lambda: not demo.exists(), "the demo's folder to go")
