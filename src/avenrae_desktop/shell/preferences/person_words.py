"""How a person of the team stands: here, invited, shut out, and when they were here last."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from avenrae_desktop.areas.accounts.queries import PersonRow
from avenrae_desktop.qtkit.moments import full_day_text, time_text
from avenrae_desktop.shell.preferences.role_words import role_text

_HERE = timedelta(seconds=45)
"""A window says every few seconds that it is open."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands beside a person's name: a mark, its tone and icon, and a line of words; both may be empty."""

    mark: str = ""
    tone: str = "neutral"
    icon: str | None = None
    words: str = ""


def roles_text(person: PersonRow) -> str:
    """Such as "Healer · signs in as elena"."""
    roles = ", ".join(role_text(role) for role in person.roles)
    words = QCoreApplication.translate("Team", "{roles} · signs in as {name}")
    return words.format(roles=roles, name=person.sign_in_name)


def standing(person: PersonRow, now: datetime, *, on_server: bool) -> Standing:
    """`now` in UTC; words are in this computer's time."""
    tr = QCoreApplication.translate
    seen = _seen_text(person.seen_at, now) if person.seen_at is not None else ""
    if person.disabled:
        return Standing(tr("Team", "Shut out"), "warning", "ban", seen)
    if not on_server:
        return Standing(words=seen)
    if person.code_until is not None and person.code_until > now:
        until = tr("Team", "The code is valid until {when}").format(when=when_text(person.code_until, now))
        return Standing(tr("Team", "Invited"), "info", "mail", until)
    if person.code_until is not None:
        return Standing(
            tr("Team", "Code over"), "warning", "hourglass", tr("Team", "The code was not used in time")
        )
    if not person.has_account:
        return Standing(
            tr("Team", "No account yet"), "neutral", "circle-dashed", tr("Team", "Make a code to let them in")
        )
    if person.seen_at is not None and now - person.seen_at < _HERE:
        return Standing(tr("Team", "Here now"), "positive", "circle-check")
    return Standing(words=seen or tr("Team", "Not here yet"))


def _seen_text(at: datetime, now: datetime) -> str:
    return QCoreApplication.translate("Team", "Last here {when}").format(when=when_text(at, now))


def when_text(at: datetime, now: datetime) -> str:
    """Such as "today, 14:05" or "Sun 28 Mar 2027, 14:05"."""
    wall, today = at.astimezone(), now.astimezone().date()
    days = {
        today: QCoreApplication.translate("Team", "today"),
        today + timedelta(days=1): QCoreApplication.translate("Team", "tomorrow"),
        today - timedelta(days=1): QCoreApplication.translate("Team", "yesterday"),
    }
    return f"{days.get(wall.date()) or full_day_text(wall.date())}, {time_text(wall)}"
