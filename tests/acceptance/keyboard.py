"""Hands without a mouse: every control is reached by Tab, as somebody does who cannot use one."""

from tests.acceptance.person import Person, Thing


def tab_to(person: Person, name: str, most: int = 40) -> Thing:
    """Tab on until the control of this name or label has the keyboard."""
    met: list[str] = []
    for _ in range(most):
        here = person.wait(person.focused, "something that has the keyboard")
        if name in (here.name.rstrip("…"), *here.labels):
            return here
        met.append(here.name or here.role)
        person.key("Tab")
        person.wait(lambda here=here: person.focused() != here, f"Tab to leave {here.name or here.role}")
    msg = f"Tab does not lead to “{name}”; it met {met}"
    raise AssertionError(msg)


def enter(person: Person, field: str, text: str) -> None:
    """Type over what is in a field."""
    tab_to(person, field)
    person.key("ctrl+a")
    person.type(text)


def push(person: Person, button: str) -> None:
    """Tab to a button and press it."""
    tab_to(person, button)
    person.key("space")
