"""Problems on screen and in logs: days, times and words that are parameters."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from avenrae_desktop.kernel.errors import Problem, RuleBroken, Words
from avenrae_desktop.qtkit.problems import problem_texts

WHEN = Problem("test.when", "On {day}", "{who} from {begins} to {ends}: {why}.", "")


def broken(why: str) -> RuleBroken:
    return RuleBroken(
        WHEN,
        day=date(2027, 3, 28),
        who="{evil} time off",
        begins=time(2, 30),
        ends=datetime(2027, 3, 29, 14, 5),
        why=why,
    )


@pytest.fixture
def locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


class Shout(QTranslator):
    """Says every problem louder."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, comment: str = "", n: int = -1) -> str:
        return source.replace("time off", "TIME OFF") if context == "problems" else ""


def test_in_logs_as_iso_writes_them() -> None:
    error = broken(Words("time off"))
    assert error.texts() == ("On 2027-03-28", "{evil} time off from 02:30 to 2027-03-29 14:05: time off.", "")
    assert "test.when" in str(error)


@pytest.mark.parametrize(
    ("language", "day", "begins", "ends"),
    [
        ("C", "Sun 28 Mar 2027", "02:30", "Mon 29 Mar 2027, 14:05"),
        ("en_GB", "Sun 28 Mar 2027", "02:30", "Mon 29 Mar 2027, 14:05"),
        ("en_US", "Sun, Mar 28, 2027", "2:30 AM", "Mon, Mar 29, 2027, 2:05 PM"),
    ],
)
def test_on_screen_as_the_locale_writes_them(
    qapp: QCoreApplication, locale: None, language: str, day: str, begins: str, ends: str
) -> None:
    QLocale.setDefault(QLocale(language))
    title, what, advice = problem_texts(broken(Words("time off")))
    assert (title, advice) == (f"On {day}", "")
    assert what.replace("\u202f", " ") == f"{{evil}} time off from {begins} to {ends}: time off."


def test_words_are_translated_and_what_people_typed_is_not(qapp: QCoreApplication) -> None:
    loud = Shout()
    QCoreApplication.installTranslator(loud)
    try:
        said = [problem_texts(broken(why))[1].rpartition(": ")[2] for why in (Words("time off"), "time off")]
    finally:
        QCoreApplication.removeTranslator(loud)
    assert said == ["TIME OFF.", "time off."]
