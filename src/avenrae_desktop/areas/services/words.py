"""How services are spoken of on the screen: categories, durations, prices."""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QLocale

from avenrae_desktop.kernel.money import decimals
from avenrae_desktop.kernel.values import ServiceCategory

_SIGNS: Mapping[str, str] = MappingProxyType({"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥"})
_HUES: Mapping[ServiceCategory, str] = MappingProxyType(
    {
        ServiceCategory.THERAPY: "blue",
        ServiceCategory.REIKI: "violet",
        ServiceCategory.ACUPUNCTURE: "green",
        ServiceCategory.YOGA: "amber",
        ServiceCategory.MASSAGE: "rose",
        ServiceCategory.NUTRITION: "teal",
        ServiceCategory.COACHING: "slate",
        ServiceCategory.OTHER: "sand",
    }
)


def category_hue(category: ServiceCategory) -> str:
    """The name of the category's colours in the theme."""
    return _HUES[category]


def category_text(category: ServiceCategory) -> str:
    tr = QCoreApplication.translate
    return {
        ServiceCategory.THERAPY: tr("services", "Therapy"),
        ServiceCategory.REIKI: tr("services", "Reiki"),
        ServiceCategory.ACUPUNCTURE: tr("services", "Acupuncture"),
        ServiceCategory.YOGA: tr("services", "Yoga"),
        ServiceCategory.MASSAGE: tr("services", "Massage"),
        ServiceCategory.NUTRITION: tr("services", "Nutrition"),
        ServiceCategory.COACHING: tr("services", "Coaching"),
        ServiceCategory.OTHER: tr("services", "Other"),
    }[category]


def minutes_text(minutes: int) -> str:
    """As in "45 min", "1 h", "1 h 30 min"."""
    hours, left = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(QCoreApplication.translate("services", "{n} h").format(n=hours))
    if left or not parts:
        parts.append(QCoreApplication.translate("services", "{n} min").format(n=left))
    return " ".join(parts)


def buffers_text(before: int, after: int) -> str:
    """As in "10 + 15 min" around the session; empty without buffers."""
    if not before and not after:
        return ""
    return QCoreApplication.translate("services", "{before} + {after} min").format(before=before, after=after)


def price_text(price: Decimal, currency: str) -> str:
    """The amount as the locale writes it, with the currency's sign where everybody knows it."""
    number = QLocale().toString(float(price), "f", decimals(currency))
    return f"{_SIGNS.get(currency, currency)} {number}"


def amount_text(price: Decimal, currency: str) -> str:
    """The amount as it is typed: no sign, no grouping."""
    return f"{price:.{decimals(currency)}f}"


def read_minutes(text: str) -> int | None:
    """Minutes out of "45", "45 min", "1:30", "1 h 30", "2 h"; None for anything else."""
    bare = text.strip().casefold()
    if found := re.fullmatch(r"(\d{1,4})\s*(min\w*\.?|m|')?", bare):
        return int(found[1])
    if found := re.fullmatch(r"(\d{1,2})\s*(?::|h\w*\.?)\s*(?:(\d{1,2})\s*(?:min\w*\.?|m)?)?", bare):
        return int(found[1]) * 60 + int(found[2] or 0)
    return None


def field_text(field: str) -> str:
    """A field of the form, for sentences."""
    tr = QCoreApplication.translate
    return {
        "service_name": tr("services", "name"),
        "service_category": tr("services", "category"),
        "duration_minutes": tr("services", "duration"),
        "buffer_before_minutes": tr("services", "time before"),
        "buffer_after_minutes": tr("services", "time after"),
        "price": tr("services", "price"),
        "description": tr("services", "description"),
        "healers": tr("services", "healers"),
        "room": tr("services", "room"),
    }[field]
