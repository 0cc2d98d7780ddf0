"""Dates and numbers in the habits of this computer; in English ones where it has none."""

from PySide6.QtCore import QLocale


def settle_habits() -> None:
    """A computer without a language ("C") would write dates like a machine."""
    if QLocale.system().language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
