"""Checks of a server, as a terminal shows them."""

from collections.abc import Iterable

from avenrae_desktop.bootstrap.server.checks import Check, CheckVerdict
from avenrae_desktop.terminal.console import Console

_MARKS = {CheckVerdict.GOOD: "good   ", CheckVerdict.WARNING: "WARNING", CheckVerdict.BAD: "BAD    "}


def show_checks(console: Console, checks: Iterable[Check]) -> None:
    """One line for each that is good; for the others also why it matters and what to run."""
    for check in checks:
        console.say(f"  {_MARKS[check.verdict]}  {check.title}: {check.found}")
        if check.verdict is CheckVerdict.GOOD:
            continue
        console.say(check.advice, 11)
        for line in check.line.splitlines():
            console.say(f"             {line}")


def bad(checks: Iterable[Check], accepted: Iterable[str] = ()) -> tuple[Check, ...]:
    """Those that keep a practice from being set up."""
    return tuple(c for c in checks if c.verdict is CheckVerdict.BAD and c.key not in set(accepted))
