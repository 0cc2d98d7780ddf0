"""Texts, days and Qt's own words are of one language, and the catalogue of American spelling is in the package."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from avenrae_desktop.selfcheck.finding import Found, NotAsItShouldBeError, expect
from avenrae_desktop.selfcheck.screen import application
from avenrae_desktop.shell.habits import catalogue_for, english_habits, settle_habits

# As a screen asks for it, and as the areas' words and the problems do.
_ASKED = (("SetPasswordDialog", "Cancelled"), ("calendar", "Cancelled"), ("problems", "Unknown colour"))
_OF_QT = (("QWidgetTextControl", "&Undo"), ("QPlatformTheme", "Cancel"), ("QPrintDialog", "Print"))


def check(_folder: Path) -> Found:
    """How the computer's own language is met, and how others would be."""
    app = application()
    american = catalogue_for(QLocale("en_US"))
    if american is None:
        raise NotAsItShouldBeError("the catalogue of American spelling is missing")
    spelled = [american.translate(context, text) for context, text in _ASKED]
    expect(spelled == ["", "Canceled", "Unknown color"], f"in American English it says {spelled}")
    for other in ("en_GB", "de_CH", "fr_FR"):
        expect(catalogue_for(QLocale(other)) is None, f"American spelling is taken for {other}")
    shown = {name: _moment(english_habits(QLocale(name))) for name in ("de_CH", "en_US", "C")}
    expect(shown["de_CH"] == "Monday 23.11.2026", f"on a Swiss computer a day is written {shown['de_CH']}")
    expect(shown["en_US"] == "Monday 11/23/26", f"on an American one {shown['en_US']}")
    app.installTranslator(american)
    installed = QCoreApplication.translate("calendar", "Cancelled")
    app.removeTranslator(american)
    expect(installed == "Canceled", f"with the catalogue in use it says {installed}")
    settle_habits()
    of_qt = [QCoreApplication.translate(context, text) for context, text in _OF_QT]
    expect(of_qt == [text for _, text in _OF_QT], f"Qt itself says {', '.join(of_qt)}")
    return {"here": f"{QLocale().name()}: {_moment(QLocale())}", "days": shown, "American": spelled[1:]}


def _moment(habits: QLocale) -> str:
    day = QDate(2026, 11, 23)
    return f"{habits.dayName(day.dayOfWeek())} {habits.toString(day, QLocale.FormatType.ShortFormat)}"
