"""The main job without a mouse: first run, service, client, book, move, cancel, undo, complete, quit, reopen."""

from collections.abc import Callable

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


def service_and_client(person: Person) -> None:
    person.key("ctrl+3", "ctrl+n")
    person.see("New service", "dialog")
    enter(person, "Name", "Reiki session")
    enter(person, "Price (EUR)", "95")
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


def test_the_main_job_by_keyboard_alone(person: Person, start: Callable[[Person], None]) -> None:
    person.has_mouse = False
    start(person)
    first_run(person)
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
    person.key("ctrl+q")
    assert person.wait_until_ended() == 0

    start(person)
    person.see("Welcome back")
    enter(person, "Password", flows.PASSWORD)
    person.key("Return")
    flows.signed_in(person)
    person.key("Next")
    card(person, "Wed", "14:00 – 15:15", "Priya Nair", "Reiki session", "Completed")
