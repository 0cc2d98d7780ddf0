"""Lists to choose from when a practice is made: time zones, currencies, kinds of healers."""

import warnings
from functools import cache
from zoneinfo import available_timezones

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from avenrae_desktop.kernel.values import HealerType
from avenrae_desktop.qtkit.widgets import ComboBox

_FALLBACK_ZONE = "UTC"
_NOT_PLACES = ("Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Mexico/", "Chile/")


@cache
def zone_names() -> tuple[str, ...]:
    """The zones that a practice can be in, by name."""
    places = (z for z in available_timezones() if "/" in z and not z.startswith(_NOT_PLACES))
    return (*sorted(places), _FALLBACK_ZONE)


def system_zone() -> str:
    """The zone of this computer if it is a place, else UTC."""
    import tzlocal

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            name = str(tzlocal.get_localzone_name())
        except (LookupError, ValueError, OSError):
            return _FALLBACK_ZONE
    return name if name in zone_names() else _FALLBACK_ZONE


def currencies() -> tuple[tuple[str, str], ...]:
    """(name, code) of usual currencies, by code."""
    tr = QCoreApplication.translate
    names = (
        ("AUD", tr("Currency", "Australian dollar")),
        ("BRL", tr("Currency", "Brazilian real")),
        ("CAD", tr("Currency", "Canadian dollar")),
        ("CHF", tr("Currency", "Swiss franc")),
        ("CZK", tr("Currency", "Czech koruna")),
        ("DKK", tr("Currency", "Danish krone")),
        ("EUR", tr("Currency", "Euro")),
        ("GBP", tr("Currency", "Pound sterling")),
        ("HUF", tr("Currency", "Hungarian forint")),
        ("ILS", tr("Currency", "Israeli shekel")),
        ("INR", tr("Currency", "Indian rupee")),
        ("JPY", tr("Currency", "Japanese yen")),
        ("KRW", tr("Currency", "South Korean won")),
        ("MXN", tr("Currency", "Mexican peso")),
        ("NOK", tr("Currency", "Norwegian krone")),
        ("NZD", tr("Currency", "New Zealand dollar")),
        ("PLN", tr("Currency", "Polish złoty")),
        ("SEK", tr("Currency", "Swedish krona")),
        ("SGD", tr("Currency", "Singapore dollar")),
        ("THB", tr("Currency", "Thai baht")),
        ("TRY", tr("Currency", "Turkish lira")),
        ("USD", tr("Currency", "US dollar")),
        ("ZAR", tr("Currency", "South African rand")),
    )
    return tuple((f"{code}  {name}", code) for code, name in names)


def system_currency() -> str:
    """The currency of this computer's country, else the euro."""
    code = QLocale.system().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
    return code if code in {c for _, c in currencies()} else "EUR"


def healer_types() -> tuple[tuple[str, HealerType], ...]:
    """(name, kind) of healers."""
    tr = QCoreApplication.translate
    return (
        (tr("HealerType", "Psychologist"), HealerType.PSYCHOLOGIST),
        (tr("HealerType", "Acupuncturist"), HealerType.ACUPUNCTURIST),
        (tr("HealerType", "Reiki practitioner"), HealerType.REIKI),
        (tr("HealerType", "Yoga teacher"), HealerType.YOGA),
        (tr("HealerType", "Massage therapist"), HealerType.MASSAGE),
        (tr("HealerType", "Naturopath"), HealerType.NATUROPATH),
        (tr("HealerType", "Other"), HealerType.OTHER),
    )


class SearchCombo(ComboBox):
    """A long list: typing any part of a choice finds it. What fits nothing is kept for the rules to refuse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        # Two of them side by side get the same width, however long their choices are.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(10)
        self.setCompleter(completer)

    def chosen(self) -> str:
        """The value of the choice that is typed, else what is typed."""
        typed = self.currentText().strip()
        for i in range(self.count()):
            if self.itemText(i).casefold() == typed.casefold():
                return str(self.itemData(i))
        return typed
