"""What a person does again and again, by the names that stand on the screen."""

from pathlib import Path

from tests.acceptance.person import Person

PASSWORD = "correct horse battery"


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
