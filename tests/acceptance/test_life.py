"""Killed with a form open, the person goes on after the next start; and from one practice to another."""

import time

from tests.acceptance import flows
from tests.acceptance.conftest import AVENRAE
from tests.acceptance.person import Person


def kill(person: Person) -> None:
    assert person.program is not None
    person.program.kill()
    person.program.wait()


def test_killed_with_half_a_booking_it_is_offered_after_the_next_sign_in(owner: Person) -> None:
    owner.start(AVENRAE)
    flows.come_in(owner)
    flows.begin_booking(owner)
    owner.fill("Note", "Half a thought")
    time.sleep(2.5)  # typing is kept once a second; there is nothing to see of it
    kill(owner)
    assert not any(
        b"Half a thought" in f.read_bytes() for f in flows.data_of(owner.screen.home).rglob("*") if f.is_file()
    )
    owner.start(AVENRAE)
    owner.read("ended from outside")
    flows.come_in(owner)
    owner.see("Not saved last time", "dialog")
    owner.read("Half a thought")
    # By keyboard: going on is what Return does.
    owner.key("Return")
    owner.see("New booking", "dialog")
    owner.wait(lambda: [t for t in owner.all("Client", "text") if t.text == "Priya Nair"], "the client chosen")
    owner.wait(lambda: [t for t in owner.all("Note", "text") if t.text == "Half a thought"], "the note")
    owner.key("ctrl+Return")
    owner.gone("New booking", "dialog")
    owner.read("Booked Priya Nair")
    assert flows.quit_program(owner) == 0
    owner.start(AVENRAE)
    flows.come_in(owner)
    time.sleep(1)
    assert owner.all("Not saved last time", "dialog") == []


def test_from_one_practice_to_another_and_back(owner: Person) -> None:
    owner.start(AVENRAE)
    flows.come_in(owner)
    owner.key("ctrl+shift+o")
    owner.see("Switch practice", "dialog")
    owner.read("Lindenhof (open now)")
    owner.press("New, join a server, or demo…")
    owner.press("New practice on this computer")
    owner.fill("Name of the practice", "Seeblick")
    owner.fill("Your first name", "Noah")
    owner.fill("Last name", "Voss")
    owner.fill("Password", flows.PASSWORD)
    owner.fill("Password again", flows.PASSWORD)
    owner.press("Create practice")
    owner.press("I have stored it safely")
    owner.press("Continue")
    flows.signed_in(owner)
    owner.key("ctrl+shift+o")
    owner.see("Switch practice", "dialog")
    # The one that was open before is chosen already.
    owner.key("Return")
    owner.see("Welcome back")
    owner.read("Lindenhof")
    flows.come_in(owner)
    owner.key("ctrl+2")
    owner.read("Nair, Priya")
