"""The main job through the window: first run, add a client, book, move, cancel, undo, quit, reopen."""

from collections.abc import Callable

from tests.acceptance import flows
from tests.acceptance.flows import card, no_card
from tests.acceptance.person import Person


def test_main_job(person: Person, start: Callable[[Person], None]) -> None:
    start(person)
    flows.new_practice(person)
    flows.add_service(person)

    # A client, by keyboard, in the clients' panel; found again by part of the phone number.
    flows.add_client(person, "Priya", "Nair", Phone="+41 44 555 01 23")

    # Book: part of a name, the service and the next free time are offered.
    person.key("ctrl+1", "ctrl+b")
    person.see("Client", "text", states=("focused",))
    person.type("0123")
    person.read("Priya Nair")
    person.key("Return")
    person.wait(lambda: [t for t in person.all("Client", "text") if t.text == "Priya Nair"], "the client chosen")
    person.see(r"\d\d:\d\d$", "check box", regex=True)
    person.key("ctrl+Return")
    booked = card(person, "Priya Nair", "Reiki session", "Confirmed", "Unpaid")

    # Move it by a quarter of an hour with the keyboard, and take that back.
    person.click_at(*booked.centre)
    person.key("alt+Down")
    person.wait(lambda: card(person, "Priya Nair").name != booked.name, "the booking to move")
    moved = card(person, "Priya Nair")
    person.key("ctrl+z")
    person.wait(lambda: card(person, "Priya Nair").name == booked.name, "the move to be undone")

    # Cancel it: it asks why. Undo brings it back.
    person.click_at(*card(person, "Priya Nair").centre)
    person.key("x")
    person.fill_combo("Reason", "Client is ill")
    person.key("ctrl+Return")
    no_card(person, "Priya Nair")
    person.key("ctrl+z")
    assert card(person, "Priya Nair").name == booked.name

    # Move it once more, this time to stay.
    person.click_at(*card(person, "Priya Nair").centre)
    person.key("alt+Down")
    assert card(person, moved.name)
    person.shot("before")

    assert flows.quit_program(person) == 0
    start(person)
    flows.sign_in(person)
    assert card(person, moved.name)
    no_card(person, booked.name)
    person.key("ctrl+2")
    person.read("Nair, Priya")
    assert flows.quit_program(person) == 0
