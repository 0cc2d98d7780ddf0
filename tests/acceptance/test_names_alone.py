"""A whole day by the names of things alone: no place on the screen is known, no shortcut is used.

As assistive technology does: it finds a control by its name, lets it do what it offers, and types words.
"""

from collections.abc import Callable, Iterator

import pytest

from tests.acceptance import flows
from tests.acceptance.flows import PASSWORD, card, no_card
from tests.acceptance.person import Person

Start = Callable[[Person], None]


@pytest.fixture
def named(person: Person) -> Iterator[Person]:
    """Somebody with neither mouse nor shortcuts."""
    person.has_mouse = person.has_shortcuts = False
    yield person
    person.has_mouse = person.has_shortcuts = True


def fill_in(person: Person, title: str | None, **fields: str) -> None:
    for field, text in fields.items():
        person.write(field, text, within=title)


def done(person: Person, title: str, button: str = "Save") -> None:
    """Press the button of a dialog; it closes."""
    person.act(button, within=title)
    person.gone(title, "dialog")


def first_run(person: Person) -> None:
    person.act("New practice on this computer")
    person.see("Your new practice")
    names = {"Name of the practice": "Lindenhof", "Your first name": "Mira", "Last name": "Voss"}
    fill_in(person, None, **names, Password=PASSWORD, **{"Password again": PASSWORD})
    person.act("Create practice")
    person.see("Keep this recovery key")
    person.act("I have stored it safely")
    person.act("Continue")
    flows.signed_in(person)


def add_healer(person: Person) -> None:
    """Elena, who works on Saturdays."""
    person.act("Settings", "check box")
    person.act("Team", "list item")
    person.act("Add person")
    person.see("Add person", "dialog")
    names = {"First name": "Elena", "Last name": "Costa"}
    passwords = {"First password": "staple battery horse", "Password again": "staple battery horse"}
    fill_in(person, "Add person", **names, **passwords)
    done(person, "Add person", "Add person")
    person.read("Elena Costa")
    person.act("Hours and time off", "list item")
    person.act("Edit weekly hours")
    person.choose("Healer", "Elena", within="Weekly hours")
    person.act("Add hours on Saturday", within="Weekly hours")
    times = {"Saturday, work from": "10:00", "Saturday, work to": "14:00"}
    fill_in(person, "Weekly hours", **times)
    done(person, "Weekly hours")


def add_service(person: Person) -> None:
    person.act("Services", "check box")
    person.act("New service")
    person.see("New service", "dialog")
    fill_in(person, "New service", **{"Name": "Reiki session", "Price (EUR)": "95"})
    for healer in ("Mira Voss", "Elena Costa"):
        if "checked" not in person.see(healer, "check box").states:
            person.act(healer, "check box", within="New service")
    done(person, "New service", "Add service")
    person.read("Reiki session")


def add_client(person: Person) -> None:
    person.act("Clients", "check box")
    person.act("New client")
    person.see("New client", "dialog")
    fill_in(person, "New client", **{"First name": "Priya", "Last name": "Nair", "Phone": "+41 44 555 01 23"})
    done(person, "New client", "Add client")
    person.read("Nair, Priya")


def book(person: Person, healer: str, begins: str) -> None:
    """For the client, found by the end of the phone number, next Tuesday."""
    person.act("New booking", "push button")
    person.see("New booking", "dialog")
    person.write("Client", "0123", within="New booking")
    person.wait(lambda: [t for t in person.all("Client", "text") if "Priya Nair" in t.description], "the client")
    person.key("Return")
    person.wait(lambda: [t for t in person.all("Client", "text") if t.text == "Priya Nair"], "the client chosen")
    person.choose("Healer", healer, within="New booking")
    fill_in(person, "New booking", Day=flows.next_tuesday().isoformat(), Start=begins)
    done(person, "New booking", "Book")


def test_a_whole_day_by_names_alone(named: Person, start: Start) -> None:
    person = named
    start(person)
    first_run(person)
    add_healer(person)
    add_service(person)
    add_client(person)

    person.act("Calendar", "check box")
    book(person, "Mira", "10:00")
    card(person, "Priya Nair", "Tue", "10:00 – 11:00", "Mira Voss", "Confirmed")

    # Check in, and take it back; move; cancel, and take that back.
    person.act("Check in")
    card(person, "Priya Nair", "Arrived")
    person.act("Undo")
    card(person, "Priya Nair", "Confirmed")
    person.act("Move")
    person.see("Move booking", "dialog")
    person.write("Start", "14:00", within="Move booking")
    done(person, "Move booking", "Move")
    card(person, "Priya Nair", "14:00 – 15:00")
    person.act("Cancel", "push button")
    person.see("Cancel this booking?", "dialog")
    person.write("Reason", "Client is ill", within="Cancel this booking?")
    done(person, "Cancel this booking?", "Cancel the booking")
    no_card(person, "Priya Nair")
    person.act("Undo")
    card(person, "Priya Nair", "14:00 – 15:00", "Confirmed")

    # It is completed; another one is never kept.
    if "selected" not in card(person, "Priya Nair").states:
        person.act("^Priya Nair, ", "list item", regex=True)
    person.act("Check in")
    card(person, "Priya Nair", "Arrived")
    person.act("Complete")
    card(person, "Priya Nair", "14:00 – 15:00", "Completed")
    book(person, "Mira", "16:00")
    person.act("No-show")
    card(person, "Priya Nair", "16:00 – 17:00", "No-show")
    assert_found(person)

    person.write("Search clients, bookings and commands", "quit")
    person.read("Quit")
    person.key("Return")
    assert person.wait_until_ended() == 0
    start(person)
    person.see("Welcome back")
    person.write("Password", PASSWORD)
    person.act("Sign in")
    flows.signed_in(person)
    person.act("Later (Page Down)")
    card(person, "Priya Nair", "14:00 – 15:00", "Completed")
    card(person, "Priya Nair", "16:00 – 17:00", "No-show")
    person.act("Clients", "check box")
    person.read("Nair, Priya")


def assert_found(person: Person) -> None:
    """The client, by part of the name and by the end of the phone number; nobody by another number."""
    person.act("Clients", "check box")
    field = "Search by name, phone or e-mail"
    for typed in ("nai", "0123"):
        person.write(field, typed)
        person.read("Nair, Priya")
    person.write(field, "9999")
    person.gone("Nair, Priya", "table cell")
    person.write(field, " ")
