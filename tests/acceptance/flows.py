"""What a person does again and again, by the names that stand on the screen."""

from datetime import date, timedelta
from pathlib import Path

from tests.acceptance.person import Person, Thing

PASSWORD = "correct horse battery"
FIELDS = ["text", "password text", "entry", "spin button"]


def data_of(home: Path) -> Path:
    return home / ".local" / "share" / "Avenrae Desktop"


def practice_of(home: Path) -> Path:
    """The folder of the only practice."""
    [folder] = [f for f in (data_of(home) / "practices").iterdir() if f.is_dir()]
    return folder


def new_practice(person: Person, name: str = "Lindenhof") -> str:
    """From the first page to the empty week; returns the recovery key that was shown."""
    person.press("New practice on this computer")
    person.fill("Name of the practice", name)
    person.fill("Your first name", "Mira")
    person.fill("Last name", "Voss")
    person.fill("Password", PASSWORD)
    person.fill("Password again", PASSWORD)
    person.press("Create practice")
    person.see("Keep this recovery key")
    shown = person.see(r"^Recovery key: ", regex=True).name.removeprefix("Recovery key: ")
    person.press("I have stored it safely")
    person.press("Continue")
    person.see("Calendar", "check box")
    return shown


def sign_in(person: Person, password: str = PASSWORD) -> None:
    person.see("Welcome back")
    person.fill("Password", password)
    person.key("Return")


def signed_in(person: Person) -> None:
    person.see("Calendar", "check box")


def quit_program(person: Person) -> int:
    person.key("ctrl+q")
    return person.wait_until_ended()


def add_service(person: Person, name: str = "Reiki session", price: str = "95") -> None:
    """The first service, from the hint of the empty calendar."""
    person.press("Add a service")
    person.see("No services yet")
    person.press("Add a service")
    person.fill("Name", name)
    person.fill("Price (EUR)", price)
    person.key("ctrl+Return")
    person.gone("Category", "combo box")
    person.read(name)


def add_client(person: Person, first: str, last: str, **more: str) -> None:
    """A client, by keyboard, in the clients' panel."""
    person.key("ctrl+2", "ctrl+n")
    fill_client(person, first, last, **more)
    person.key("ctrl+Return")
    person.gone("Emergency contact", "text")
    person.read(f"{last}, {first}" if first else last)


def fill_client(person: Person, first: str, last: str, **more: str) -> None:
    """The dialog of a new client; text that no keyboard has is pasted."""
    for field, text in {"First name": first, "Last name": last, **more}.items():
        person.fill(field, text, paste=not text.isascii() or len(text) > 60)


def come_in(person: Person) -> None:
    """From the sign-in page to the week."""
    sign_in(person)
    signed_in(person)


def next_tuesday() -> date:
    """A working day of the next week: never past, never changed by when the test runs."""
    today = date.today()  # noqa: DTZ011 - the same calendar as the program's
    return today + timedelta(days=8 - today.weekday())


def begin_booking(person: Person, part: str = "nair", client: str = "Priya Nair") -> None:
    """The booking dialog with a client found by part of the name; free times are on offer."""
    person.key("ctrl+b")
    person.see("Client", "text", states=("focused",))
    person.type(part)
    person.read(client)
    person.key("Return")
    person.wait(lambda: [t for t in person.all("Client", "text") if t.text == client], "the client chosen")
    person.see(r"\d\d:\d\d$", "check box", regex=True)


def book(person: Person, day: date, begins: str) -> Thing:
    """A booking for the client of the home; returns its card."""
    begin_booking(person)
    for field, text in (("Day", day.isoformat()), ("Start", begins)):
        person.fill(field, text)
        person.key("Tab")
    person.key("ctrl+Return")
    person.gone("New booking", "dialog")
    return card(person, "Priya Nair", begins)


def card(person: Person, *words: str) -> Thing:
    """The card whose spoken text has all the words."""

    def look() -> list[Thing]:
        return [t for t in person.all(role="list item") if all(w in t.name for w in words)]

    return person.wait(look, f"a card with {words}")[0]


def no_card(person: Person, *words: str) -> None:
    person.wait(
        lambda: not any(all(w in t.name for w in words) for t in person.all(role="list item")),
        f"no card with {words}",
    )
