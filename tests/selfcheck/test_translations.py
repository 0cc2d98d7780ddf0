"""One language on the screen: English words in the habits of the computer, American spelling at home."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale

from avenrae_desktop.shell.habits import catalogue_for, english_habits
from tests.support.places import ROOT

MONDAY = QDate(2026, 11, 23)
SAY = (
    "import sys; from PySide6.QtCore import QCoreApplication, QDate, QLocale;"
    "from avenrae_desktop.shell.habits import settle_habits; app = QCoreApplication(sys.argv); settle_habits();"
    "print(QCoreApplication.translate('calendar', 'Cancelled'), QLocale().dayName(1),"
    "QLocale().toString(QDate(2026, 11, 23), QLocale.FormatType.ShortFormat))"
)


def test_the_catalogue_holds_every_text_that_americans_spell_otherwise() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "translations", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("computer", "day", "price", "first"),
    [
        ("de_CH", "23.11.2026", "1’234.50", QLocale("de_CH").firstDayOfWeek()),
        ("de_DE", "23/11/2026", "1.234,50", QLocale("de_DE").firstDayOfWeek()),
        ("fr_FR", "23/11/2026", "1 234,50", QLocale("fr_FR").firstDayOfWeek()),
        ("en_US", "11/23/26", "1,234.50", QLocale("en_US").firstDayOfWeek()),
        ("zh_CN", "23/11/2026", "1,234.50", QLocale("en_GB").firstDayOfWeek()),
        ("ar_EG", "23/11/2026", "1,234.50", QLocale("en_GB").firstDayOfWeek()),
        ("C", "23/11/2026", "1,234.50", QLocale("en_GB").firstDayOfWeek()),
    ],
)
def test_words_are_english_and_signs_are_the_countrys(computer: str, day: str, price: str, first: object) -> None:
    habits = english_habits(QLocale(computer))
    assert habits.dayName(1) == "Monday"
    assert habits.monthName(3) == "March"
    assert habits.toString(MONDAY, QLocale.FormatType.ShortFormat) == day
    written = habits.toString(1234.5, "f", 2)
    assert written.translate({0x202F: " ", 0xA0: " ", 0x27: "’"}) == price
    assert habits.firstDayOfWeek() == first


@pytest.mark.parametrize("other", ["C", "en_GB", "en_CA", "en_AU", "de_CH", "es_US"])
def test_others_read_the_source(other: str) -> None:
    assert catalogue_for(QLocale(other)) is None


@pytest.mark.parametrize(
    ("computer", "said"),
    [
        ({"LANG": "en_US.UTF-8"}, "Canceled Monday 11/23/26"),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "de_CH.UTF-8"}, "Canceled Monday 23.11.2026"),
        ({"LC_ALL": "fr_FR.UTF-8"}, "Cancelled Monday 23/11/2026"),
        ({"LC_ALL": "C"}, "Cancelled Monday 23/11/2026"),
        ({}, "Cancelled Monday 23/11/2026"),
    ],
)
def test_the_computers_own_settings_are_heard(computer: dict[str, str], said: str, tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path), "PATH": "/nonexistent", "QT_QPA_PLATFORM": "offscreen", **computer}
    done = subprocess.run([sys.executable, "-c", SAY], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == said
