"""Dates, numbers and spelling in the habits of this computer; words always in the language of the interface.

The interface is English (decision 0012), so days and months have English names on a German computer too, written
in the order, the clock and the decimal signs of its country.
"""

import os
import sys

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from avenrae_desktop.qtkit.assets import resource

_ENGLISH = QLocale.Language.English


def settle_habits() -> None:
    """For the whole program, once its QCoreApplication is there."""
    here = _of_this_computer()
    QLocale.setDefault(english_habits(here))
    catalogue = catalogue_for(QLocale.system())
    app = QCoreApplication.instance()
    if catalogue is not None and app is not None:
        catalogue.setParent(app)
        app.installTranslator(catalogue)


def english_habits(here: QLocale) -> QLocale:
    """English as it is written in that country: British where nobody writes any."""
    if here.language() == _ENGLISH:
        return here
    english = QLocale(_ENGLISH, here.territory())
    known = here.language() != QLocale.Language.C and english.territory() == here.territory()
    return english if known else QLocale(_ENGLISH, QLocale.Country.UnitedKingdom)


def catalogue_for(here: QLocale) -> QTranslator | None:
    """The texts of the screen as people there spell them; None where the source will do."""
    found = QTranslator()
    there = found.load(here, "avenrae", "_", str(resource("translations")))
    return found if there else None


def _of_this_computer() -> QLocale:
    """The system's own, with what a person changed in it; the one for dates where its language is another."""
    system = QLocale.system()
    if sys.platform in {"win32", "darwin"}:
        return system
    given = (os.environ.get(name) for name in ("LC_ALL", "LC_TIME", "LANG"))
    for_times = QLocale(next((each for each in given if each), "C"))
    return system if for_times.language() == system.language() == _ENGLISH else for_times
