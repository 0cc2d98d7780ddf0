"""The dialogs for files and paper, by keyboard alone: what is saved, printed and chosen is really there."""

from collections.abc import Callable

from avenrae_desktop.selfcheck.pdf_text import text_in
from tests.acceptance import flows
from tests.acceptance.keyboard import enter, push
from tests.acceptance.person import Person
from tests.acceptance.test_keyboard_alone import create_practice
from tests.acceptance.tree_rules import faults

Start = Callable[[Person], None]


def opened(person: Person, button: str, title: str) -> None:
    """Press a button that opens one of the system's dialogs; all in it is named."""
    push(person, button)
    person.see(title, "dialog")
    assert faults(person.tree()) == []


def test_the_recovery_key_is_saved_and_printed(person: Person, start: Start) -> None:
    person.has_mouse = False
    home = person.screen.home
    start(person)
    key = create_practice(person)

    opened(person, "Save as PDF", "Save the recovery key")
    person.see(str(home), "combo box")
    person.key("Escape")
    person.gone("Save the recovery key", "dialog")
    opened(person, "Save as PDF", "Save the recovery key")
    enter(person, "File name:", "key sheet")
    person.key("Return")
    person.see("Saved", "label")
    printed = "".join(text_in((home / "key sheet.pdf").read_bytes()).split())
    assert key.replace("-", "") in printed

    opened(person, "Print", "Print")
    person.see("Print to File (PDF)", "combo box")
    enter(person, "Output file:", str(home / "printed.pdf"))
    push(person, "Print")
    person.see("Sent to the printer", "label")
    assert (home / "printed.pdf").read_bytes().startswith(b"%PDF-")

    opened(person, "Print", "Print")
    enter(person, "Output file:", str(home / "no such folder" / "printed.pdf"))
    push(person, "Print")
    person.read("is not writable")
    person.key("Return", "Escape")
    person.gone("Print", "dialog")
    assert not (home / "no such folder").exists()
    push(person, "I have stored it safely")
    person.see("Continue", "push button", states=("enabled",))
    person.key("ctrl+q")
    assert person.wait_until_ended() == 0


def test_an_enrolment_file_is_chosen(person: Person, start: Start) -> None:
    person.has_mouse = False
    (person.screen.home / "lindenhof.avenrae").write_text("not really one")
    start(person)
    push(person, "Join a practice server")
    opened(person, "Choose file", "Choose the enrolment file")
    person.read("lindenhof.avenrae")
    enter(person, "File name:", "lindenhof.avenrae")
    person.key("Return")
    person.gone("Choose the enrolment file", "dialog")
    person.read("lindenhof.avenrae")
    assert flows.quit_program(person) == 0
