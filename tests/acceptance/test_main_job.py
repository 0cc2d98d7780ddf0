"""The main job through the window: first run, add a client, book, move, cancel, undo, quit, reopen."""

from pathlib import Path

from tests.acceptance.conftest import AVENRAE
from tests.acceptance.person import Person

PASSWORD = "correct horse battery"


def new_practice(person: Person) -> None:
    person.press("New practice on this computer")
    person.fill("Name of the practice", "Lindenhof")
    person.fill("Your first name", "Mira")
    person.fill("Last name", "Voss")
    person.fill("Password", PASSWORD)
    person.fill("Password again", PASSWORD)
    person.press("Create practice")
    person.see("Keep this recovery key")
    person.press("I have stored it safely")
    person.press("Continue")
    person.see("Calendar", "check box")


def test_main_job(person: Person, tmp_path: Path) -> None:
    person.start(AVENRAE)
    new_practice(person)
    person.shot("week")
