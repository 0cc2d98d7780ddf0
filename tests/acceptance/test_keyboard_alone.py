"""A whole day without a mouse: from the first run with a second healer to the end, and what is there after it."""

from collections.abc import Callable
from datetime import timedelta

from tests.acceptance import flows
from tests.acceptance.flows import card, no_card
from tests.acceptance.keyboard import enter, push, tab_to
from tests.acceptance.person import Person


def create_practice(person: Person) -> str:
    """To the page with the recovery key; returns the key."""
    push(person, "New practice on this computer")
    person.see("Your new practice")
    for field, text in (
        ("Name of the practice", "Lindenhof"),
        ("Your first name", "Mira"),
        ("Last name", "Voss"),
        ("Password", flows.PASSWORD),
        ("Password again", flows.PASSWORD),
    ):
        enter(person, field, text)
    push(person, "Create practice")
    person.see("Keep this recovery key")
    spoken = person.see(r"^Recovery key: ", regex=True).name
    return spoken.removeprefix("Recovery key: ").replace(" ", "")


def first_run(person: Person) -> None:
    create_practice(person)
    push(person, "I have stored it safely")
    push(person, "Continue")
    flows.signed_in(person)


def second_healer(person: Person) -> None:
    """Elena, who works on Saturdays."""
    person.key("ctrl+comma")
    tab_to(person, "My account")
    person.key("Down", "Down")
    push(person, "Add person")
    person.see("Add person", "dialog")
    for field, text in (("First name", "Elena"), ("Last name", "Costa")):
        enter(person, field, text)
    for field in ("First password", "Password again"):
        enter(person, field, "staple battery horse")
    person.key("ctrl+Return")
    person.gone("Add person", "dialog")
    person.read("Elena Costa")
    person.key("ctrl+1", "h")
    person.see("Weekly hours", "dialog")
    tab_to(person, "Healer")
    person.type("Elena")
    person.see("Elena Costa", "combo box")
    push(person, "Add hours on Saturday")
    enter(person, "Saturday, work from", "10:00")
    enter(person, "Saturday, work to", "14:00")
    person.key("ctrl+Return")
    person.gone("Weekly hours", "dialog")


def service_and_client(person: Person) -> None:
    person.key("ctrl+3", "ctrl+n")
    person.see("New service", "dialog")
    enter(person, "Name", "Reiki session")
    enter(person, "Price (EUR)", "95")
    push(person, "Mira Voss")
    person.key("ctrl+Return")
    person.gone("New service", "dialog")
    person.key("ctrl+2", "ctrl+n")
    person.see("New client", "dialog")
    enter(person, "First name", "Priya")
    enter(person, "Last name", "Nair")
    person.key("ctrl+Return")
    person.gone("New client", "dialog")


def book_for_later(person: Person) -> None:
    """Not yet confirmed, next Tuesday at ten."""
    person.key("ctrl+1")
    flows.begin_booking(person)
    enter(person, "Day", flows.next_tuesday().isoformat())
    enter(person, "Start", "10:00")
    tab_to(person, "Confirmed")
    person.key("Right")
    person.see("Pending", "radio button", states=("checked",))
    person.key("ctrl+Return")
    person.gone("New booking", "dialog")


def test_a_whole_day_by_keyboard_alone(person: Person, start: Callable[[Person], None]) -> None:
    person.has_mouse = False
    start(person)
    first_run(person)
    second_healer(person)
    service_and_client(person)
    book_for_later(person)
    assert card(person, "Tue", "10:00 – 11:00", "Pending")

    person.key("alt+Down")
    card(person, "Tue", "10:15 – 11:15")
    person.key("alt+Right")
    card(person, "Wed", "10:15 – 11:15")
    person.key("alt+shift+Down")
    card(person, "Wed", "10:15 – 11:30")

    person.key("m")
    person.see("Move booking", "dialog")
    enter(person, "Start", "14:00")
    person.key("ctrl+Return")
    person.gone("Move booking", "dialog")
    card(person, "Wed", "14:00 – 15:15")

    person.key("x")
    person.see("Cancel this booking?", "dialog")
    enter(person, "Reason", "Client is ill")
    person.key("ctrl+Return")
    no_card(person, "Priya Nair")
    person.key("ctrl+z")
    card(person, "Wed", "14:00 – 15:15", "Pending")

    for key, state in (("c", "Confirmed"), ("a", "Arrived"), ("f", "Completed")):
        person.key("Down", key)
        card(person, "Wed", state)
    person.key("ctrl+b")
    person.see("Client", "text", states=("focused",))
    person.type("nair")
    person.read("Priya Nair")
    person.key("Return")
    person.see(r"\d\d:\d\d$", "check box", regex=True)
    enter(person, "Day", (flows.next_tuesday() + timedelta(days=2)).isoformat())
    enter(person, "Start", "09:00")
    person.key("ctrl+Return")
    card(person, "Thu", "09:00 – 10:00", "Confirmed")
    person.key("s")
    card(person, "Thu", "09:00 – 10:00", "No-show")
    person.key("ctrl+k")
    person.type("priya")
    person.see("^Priya Nair, ", "list item", regex=True)
    person.key("Return")
    person.see("Nair, Priya", "table cell", states=("selected",))
    person.key("ctrl+q")
    assert person.wait_until_ended() == 0

    start(person)
    person.see("Welcome back")
    enter(person, "Password", flows.PASSWORD)
    person.key("Return")
    flows.signed_in(person)
    person.key("Next")
    card(person, "Wed", "14:00 – 15:15", "Priya Nair", "Reiki session", "Completed")
    card(person, "Thu", "09:00 – 10:00", "Priya Nair", "No-show")
