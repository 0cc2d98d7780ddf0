"""The command bar, the size of everything, and light and dark, by the keys that the program names."""

from collections.abc import Callable

from tests.acceptance import flows
from tests.acceptance.person import Person
from tests.acceptance.pictures import brightness


def high(person: Person, name: str) -> int:
    """How tall a button is now."""
    return person.see(name, "push button").box[3]


def test_clients_and_commands_are_found(owner: Person, start: Callable[[Person], None]) -> None:
    start(owner)
    flows.come_in(owner)
    owner.key("ctrl+k")
    owner.type("nai")
    owner.see("^Priya Nair, ", "list item", regex=True)
    owner.shot("command-bar")
    owner.key("Return")
    owner.see("Clients", "table")
    owner.see("Nair, Priya", "table cell", states=("selected",))
    owner.see("Edit", "push button")
    owner.key("ctrl+k")
    owner.type("lock")
    owner.see("^Lock, ", "list item", regex=True)
    owner.key("Return")
    owner.see("Unlock", "push button")


def test_larger_and_dark(owner: Person, start: Callable[[Person], None]) -> None:
    start(owner)
    flows.come_in(owner)
    normal = high(owner, "New booking")
    owner.key("ctrl+plus", "ctrl+plus", "ctrl+plus")
    owner.wait(lambda: high(owner, "New booking") > normal * 1.2, "everything to grow")
    owner.shot("larger")
    owner.key("ctrl+0")
    owner.wait(lambda: high(owner, "New booking") == normal, "the normal size")
    light = brightness(owner.shot("light"))
    owner.key("ctrl+shift+d")
    owner.wait(lambda: brightness(owner.shot("dark")) < 0.4 < light, "the dark")
    owner.key("ctrl+shift+d")
    owner.wait(lambda: abs(brightness(owner.shot("light-again")) - light) < 0.02, "the light")


def test_a_large_font_of_the_system_makes_everything_large(owner: Person, start: Callable[[Person], None]) -> None:
    """As on a desktop whose settings ask for 20 points: the program does from its first picture on."""
    settings = owner.screen.home / ".config" / "kdeglobals"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text("[General]\nfont=Sans Serif,20,-1,5,50,0,0,0,0,0\n")
    owner.screen.env |= {"XDG_CURRENT_DESKTOP": "KDE", "KDE_SESSION_VERSION": "6", "KDE_FULL_SESSION": "true"}
    start(owner)
    owner.see("Welcome back")
    assert high(owner, "Sign in") > 50
    flows.come_in(owner)
    owner.key("ctrl+0")
    owner.wait(lambda: high(owner, "New booking") < 35, "the usual size")
    assert flows.quit_program(owner) == 0
    start(owner)
    owner.see("Welcome back")
    assert high(owner, "Sign in") < 35
