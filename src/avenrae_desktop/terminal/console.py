"""Questions and answers in a terminal, or through pipes where nobody sits in front of it."""

import getpass
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO, TypeVar

from avenrae_desktop.kernel.errors import AppError, Problem, RuleBroken, Unavailable, noop

T = TypeVar("T")
WIDTH = 78

NO_ANSWER = Problem(
    "terminal.no_answer",
    noop("An answer is missing"),
    noop("Nobody answered “{question}”. Nothing more was done."),
    noop("Give it on the command line, or run the command in a terminal; --help lists the options."),
)
NOT_THE_SAME = Problem(
    "terminal.not_the_same",
    noop("The two passwords differ"),
    noop("What you typed the second time is not what you typed first."),
    noop("Type both again."),
)
NO_SECRET = Problem(
    "terminal.no_secret",
    noop("The password could not be read"),
    noop("The system refused to read “{name}”, or its first line is empty."),
    noop("Write the password into the first line of the file, or name “-” to give it on standard input."),
)


@dataclass(frozen=True)
class Console:
    """What a person types and sees. Passwords are never shown and never taken from the command line."""

    answers: TextIO = field(default_factory=lambda: sys.stdin)
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)

    @property
    def attended(self) -> bool:
        return self.answers.isatty()

    def say(self, text: str = "", indent: int = 0, hang: int = 0) -> None:
        """Lines, wrapped; those that begin with spaces, and what is too long to break, stay as they are."""
        for line in text.split("\n"):
            self._write(self.out, line if line.startswith(" ") else _wrapped(line, indent, indent + hang))

    def tell(self, error: AppError) -> None:
        """The three texts of a problem, on standard error."""
        title, what, advice = error.texts()
        for line in (title, what, advice):
            self._write(self.err, _wrapped(line))

    def ask(self, question: str, default: str = "", *, may_be_empty: bool = False) -> str:
        """One line; the default when it is empty. Raises RuleBroken when it is needed and nobody answers."""
        self.out.write(f"{question} [{default}]: " if default else f"{question}: ")
        self.out.flush()
        line = self.answers.readline()
        if not self.attended:
            self.out.write("\n")
        if not line and not default and not may_be_empty:
            raise RuleBroken(NO_ANSWER, question=question)
        return line.strip() or default

    def until_right(self, given: str | None, ask: Callable[[], str], check: Callable[[str], T]) -> T:
        """What was given on the command line, else asked for until `check` takes it.

        Raises what `check` raises where nobody could type another one.
        """
        if given is not None:
            return check(given)
        while True:
            try:
                return check(ask())
            except RuleBroken as error:
                if not self.attended or error.problem is NO_ANSWER:
                    raise
                self.tell(error)

    def value(self, given: str | None, question: str, check: Callable[[str], T], default: str = "") -> T:
        """A line as `check` gives it back."""
        return self.until_right(given, lambda: self.ask(question, default), check)

    def maybe(self, given: str | None, question: str) -> str:
        """A line that may be empty."""
        return given if given is not None else self.ask(question, may_be_empty=True)

    def confirms(self, question: str) -> bool:
        """Whether they typed yes; anything else is no."""
        return self.ask(f"{question} (yes/no)").casefold() in {"y", "yes"}

    def secret(self, question: str, file: str | None) -> str:
        """A password: from the file's first line ("-" is standard input), else typed without being shown."""
        if file is not None:
            return self._from_file(file)
        if not self.attended:
            return self._line(question)
        try:
            return getpass.getpass(f"{question}: ")
        except EOFError:
            raise RuleBroken(NO_ANSWER, question=question) from None

    def new_secret(self, question: str, file: str | None, check: Callable[[str], T]) -> T:
        """A password of one's own, typed twice; asked for again until `check` takes it."""
        if file is not None or not self.attended:
            return check(self.secret(question, file))

        def twice() -> str:
            first = self.secret(question, None)
            check(first)
            if self.secret("The same again", None) != first:
                raise RuleBroken(NOT_THE_SAME)
            return first

        return self.until_right(None, twice, check)

    def _from_file(self, file: str) -> str:
        try:
            if file == "-":  # left open: more answers may follow
                line = self.answers.readline()
            else:
                with Path(file).open(encoding="utf-8") as source:
                    line = source.readline()
        except (OSError, UnicodeDecodeError) as error:
            raise Unavailable(NO_SECRET, name=file) from error
        secret = line.rstrip("\r\n")
        if not secret:
            raise RuleBroken(NO_SECRET, name=file)
        return secret

    def _line(self, question: str) -> str:
        line = self.answers.readline()
        if not line:
            raise RuleBroken(NO_ANSWER, question=question)
        return line.rstrip("\r\n")

    @staticmethod
    def _write(where: TextIO, text: str) -> None:
        where.write(f"{text}\n")
        where.flush()


def _wrapped(line: str, first: int = 0, others: int = 0) -> str:
    return textwrap.fill(
        line,
        WIDTH,
        initial_indent=" " * first,
        subsequent_indent=" " * others,
        break_long_words=False,
        break_on_hyphens=False,
    )
