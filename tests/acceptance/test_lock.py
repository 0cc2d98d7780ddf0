"""The lock from outside: nothing readable while it is on, and all that was half typed back after it."""

from collections.abc import Callable

import pytest

from tests.acceptance import flows
from tests.acceptance.person import Person

Start = Callable[[Person], None]
PIN = "2468"
NOTE = "Prefers the quiet room"


def readable(person: Person) -> str:
    """Every word that a screen reader could say now."""
    return "\n".join(" ".join((t.name, t.text, t.description, *t.labels)) for _, t in person.tree())


def lock(person: Person) -> None:
    person.key("ctrl+l")
    person.see("Unlock", "push button")


def unlock(person: Person, field: str, text: str) -> None:
    person.see(field, "password text", states=("focused",))
    person.type(text)
    person.key("Return")


def half_typed_booking(person: Person) -> None:
    flows.begin_booking(person)
    person.fill("Note", NOTE)


def assert_nothing_is_readable(person: Person) -> None:
    words = readable(person)
    assert "Priya" not in words
    assert "Nair" not in words
    assert NOTE not in words
    assert not person.all(role="dialog")


def test_unlocking_gives_back_what_was_half_typed(owner: Person, start: Start) -> None:
    start(owner)
    flows.come_in(owner)
    half_typed_booking(owner)
    lock(owner)
    owner.gone("New booking", "dialog")
    assert_nothing_is_readable(owner)
    unlock(owner, "Password", "not the password")
    owner.read("Wrong password")
    assert_nothing_is_readable(owner)
    unlock(owner, "Password", flows.PASSWORD)
    owner.see("New booking", "dialog")
    assert owner.see("Client", "text").text == "Priya Nair"
    owner.see("Note", "text", states=("focused",))
    owner.key("End")
    owner.type(", upstairs")
    owner.read(f"{NOTE}, upstairs")
    owner.key("ctrl+Return")
    owner.gone("New booking", "dialog")
    owner.read(f"{NOTE}, upstairs")


def set_pin(person: Person) -> None:
    person.key("ctrl+comma")
    person.press("Set PIN…")
    person.fill("PIN (4 to 8 digits)", PIN)
    person.fill("PIN again", PIN)
    person.key("ctrl+Return")
    person.see("Change PIN…", "push button")


def test_a_pin_unlocks_until_five_were_wrong(owner: Person, start: Start) -> None:
    start(owner)
    flows.come_in(owner)
    set_pin(owner)
    lock(owner)
    unlock(owner, "PIN", PIN)
    owner.see("Change PIN…", "push button")
    lock(owner)
    for left in (4, 3, 2, 1):
        unlock(owner, "PIN", "1357")
        owner.read(f"Wrong PIN. {left} ")
    unlock(owner, "PIN", "1357")
    owner.read("Five wrong PINs: now only the password unlocks.")
    owner.gone("PIN", "password text")
    unlock(owner, "Password", flows.PASSWORD)
    owner.see("Change PIN…", "push button")


@pytest.mark.long
def test_it_locks_by_itself_after_a_minute_without_a_hand(owner: Person, start: Start) -> None:
    start(owner)
    flows.come_in(owner)
    owner.key("ctrl+comma")
    owner.click("Practice", "list item")
    owner.click("Lock after", "combo box")
    owner.key("Home", "Return")
    owner.see("1 minute", "combo box")
    half_typed_booking(owner)
    owner.see("Unlock", "push button", seconds=90)
    assert_nothing_is_readable(owner)
    unlock(owner, "Password", flows.PASSWORD)
    owner.read(NOTE)
