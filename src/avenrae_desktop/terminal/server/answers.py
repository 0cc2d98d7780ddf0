"""Questions that more than one word asks."""

import argparse

from avenrae_desktop.areas.accounts.people import checked_name
from avenrae_desktop.kernel.values import HealerType
from avenrae_desktop.terminal.console import Console
from avenrae_desktop.terminal.server.address import chosen

NONE = "none"
_KINDS = tuple(kind.value for kind in HealerType)


def first_name(asked: argparse.Namespace, console: Console, question: str) -> str:
    """Raises RuleBroken."""
    return console.value(asked.first_name, question, lambda text: checked_name(text, "")[0])


def healer_type(asked: argparse.Namespace, console: Console, default: str) -> HealerType | None:
    """What kind of healer, or None for “none”. Raises RuleBroken."""
    question = f"Kind of healer ({', '.join(_KINDS)}, {NONE})"
    found = console.value(asked.healer_type, question, lambda text: chosen(text, (*_KINDS, NONE)), default)
    return None if found == NONE else HealerType(found)
