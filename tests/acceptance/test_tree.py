"""Every screen as a screen reader is told it: all controls named, all buttons large enough to hit."""

from collections.abc import Callable

from tests.acceptance import flows
from tests.acceptance.person import Person
from tests.acceptance.tree_rules import faults

Start = Callable[[Person], None]


class Walk:
    """Goes from screen to screen and remembers what was wrong where, so that one run tells everything."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.wrong: dict[str, list[str]] = {}
        self.looked: list[str] = []

    def look(self, screen: str, sign: str) -> None:
        """Judge a screen once its sign is there."""
        self.person.read(sign)
        self.looked.append(screen)
        found = faults(self.person.tree())
        if found:
            self.wrong[screen] = found

    def told(self) -> str:
        return "\n".join(f"{screen}: {fault}" for screen, found in self.wrong.items() for fault in found)

    def dialog(self, title: str, *keys: str, button: str = "") -> None:
        """Open a dialog by its keys or its button, judge it, close it."""
        self.person.key(*keys)
        if button:
            self.person.act(button, "push button")
        self.person.see(title, "dialog")
        self.look(title, title)
        self.person.key("Escape")
        self.person.gone(title, "dialog")


def test_the_way_in(person: Person, start: Start) -> None:
    walk = Walk(person)
    start(person)
    walk.look("welcome", "Begin")
    person.press("Join a practice server")
    walk.look("join by file", "With an enrolment file")
    person.act("By its address")
    walk.look("join by address", "Several with commas")
    person.press("Set up a new practice server")
    walk.look("server set-up", "Administrator's account")
    person.press("Make a certificate for a server without one")
    walk.look("certificate", "Names of the server")
    for sign in ("Administrator's account", "With an enrolment file", "Begin"):
        person.press("Back")
        person.read(sign)
    person.press("New practice on this computer")
    walk.look("new practice", "Your new practice")
    for field, text in (("Name of the practice", "Lindenhof"), ("Your first name", "Mira"), ("Last name", "Voss")):
        person.fill(field, text)
    for field in ("Password", "Password again"):
        person.fill(field, flows.PASSWORD)
    person.press("Create practice")
    walk.look("recovery key", "Keep this recovery key")
    person.press("I have stored it safely")
    person.press("Continue")
    flows.signed_in(person)
    walk.look("empty week", "First, say what you offer")
    person.key("ctrl+2")
    walk.look("no clients", "No clients yet")
    person.key("ctrl+3")
    walk.look("no services", "No services yet")
    assert flows.quit_program(person) == 0
    start(person)
    walk.look("sign in", "Welcome back")
    person.press("Use the recovery key")
    walk.look("recover", "Recovery key")
    assert not walk.wrong, walk.told()


def test_the_workspace(owner: Person, start: Start) -> None:
    start(owner)
    flows.come_in(owner)
    walk = Walk(owner)
    flows.book(owner, flows.next_tuesday(), "10:00")
    walk.look("week", "Details of the booking")
    # The card is what has the keyboard, one list item among those of the calendar.
    here = owner.focused()
    assert here is not None
    assert (here.role, "Priya Nair" in here.name) == ("list item", True)
    walk.dialog("Move booking", "m")
    walk.dialog("Cancel this booking?", "x")
    walk.dialog("Weekly hours", "h")
    walk.dialog("Time off", "o")
    owner.key("d")
    walk.look("day", "Tuesday")
    flows.begin_booking(owner)
    walk.look("booking dialog", "Next free times")
    owner.key("Escape")
    owner.press("Discard")
    owner.gone("New booking", "dialog")
    owner.key("ctrl+2")
    walk.look("clients", "Nair, Priya")
    walk.dialog("New client", "ctrl+n")
    owner.key("ctrl+3")
    walk.look("services", "Reiki session")
    walk.dialog("New service", "ctrl+n")
    owner.key("ctrl+comma")
    for section in ("Look", "Team", "Hours and time off", "Practice", "About", "My account"):
        owner.click(section, "list item")
        owner.see(section, "filler")
        walk.look(section, section)
    owner.click("Team", "list item")
    walk.dialog("Add person", button="Add person")
    owner.click("My account", "list item")
    walk.dialog("Set a PIN", button="Set PIN")
    walk.dialog("Change my password", button="Change password")
    walk.dialog("Switch practice", "ctrl+shift+o")
    owner.key("F1")
    walk.look("keys", "Everything can be done without the mouse.")
    owner.key("ctrl+k")
    owner.type("nair")
    walk.look("command bar", "Reiki session")
    owner.key("Escape", "ctrl+l")
    walk.look("lock", "Locked")
    assert not walk.wrong, walk.told()
