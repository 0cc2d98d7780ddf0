"""What can go wrong, told to people: a title, what happened, what to do next.

A `Problem` is declared once, beside the rule that finds it, in English source marked with `noop`.
The screen translates the three texts and fills in the parameters; logs and stored outcomes keep only
code and parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any


def noop(text: str) -> str:
    """Mark English source for the translators (context "problems"); returned as it is."""
    return text


class Words(str):
    """A parameter that is itself English source marked with `noop`: the screen translates it too.

    Plain strings are what people typed, and stay as they are.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of thing that can go wrong; texts are templates for `str.format` parameters."""

    code: str
    title: str
    what: str
    advice: str


class AppError(Exception):
    """Something a person must be told. `field` names the input of the form that it belongs to."""

    def __init__(self, problem: Problem, *, field: str | None = None, **params: Any) -> None:
        super().__init__(f"{problem.code} {params}" if params else problem.code)
        self.problem = problem
        self.field = field
        self.params = params

    @property
    def code(self) -> str:
        return self.problem.code

    def texts(self) -> tuple[str, str, str]:
        """Title, what, advice in English source, parameters filled in; days and times as ISO 8601 writes them."""
        p, filled = self.problem, _plain(self.params)
        return p.title.format_map(filled), p.what.format_map(filled), p.advice.format_map(filled)


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain_time(value) for name, value in params.items()}


def _plain_time(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
    return value


class RuleBroken(AppError):
    """Input or state does not allow what was asked; nothing was changed."""


class NotFound(AppError):
    """The thing that was named is not there (any more)."""


class Conflict(AppError):
    """Somebody changed the same thing in the meantime; nothing was overwritten."""


class NotAllowed(AppError):
    """The signed-in person's roles do not permit this."""


class Unavailable(AppError):
    """The world's fault: disk full, file damaged, server away. Trying again may help."""


class TryAgain(Unavailable):
    """A race or a connection was lost; the same command may be sent again at once."""


class LinkLost(TryAgain):
    """The server did not answer or the connection broke: what was asked may or may not have been done."""


class MustChoosePassword(RuleBroken):
    """What was typed is a one-time code; with it the person chooses a password of their own first."""
