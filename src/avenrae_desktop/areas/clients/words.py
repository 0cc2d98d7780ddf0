"""How clients are spoken of on the screen: dates, ages, what tells one from another."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from avenrae_desktop.areas.clients.queries import ClientHit
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.kernel.values import Gender


def local_today() -> date:
    """The day that this computer's clock shows."""
    return utc_now().astimezone().date()


def date_text(day: date | None) -> str:
    """As in "5 Jan 1960": nobody takes the month for the day."""
    if day is None:
        return ""
    month_first = QLocale().dateFormat(QLocale.FormatType.ShortFormat).startswith("M")
    return QLocale().toString(QDate(day.year, day.month, day.day), "MMM d, yyyy" if month_first else "d MMM yyyy")


def age_text(born: date, today: date) -> str:
    """Such as "46 years"; months below two years."""
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if months < 0:
        return ""
    if months < 24:
        return QCoreApplication.translate("clients", "{count} months").format(count=months)
    return QCoreApplication.translate("clients", "{count} years").format(count=months // 12)


def hit_text(hit: ClientHit) -> str:
    """What tells a hit from others of the same name: birth date, last digits of the phone, e-mail."""
    parts = [date_text(hit.date_of_birth), f"…{hit.phone_ending}" if hit.phone_ending else "", hit.email]
    if hit.archived:
        parts.insert(0, QCoreApplication.translate("clients", "archived"))
    told = "  ·  ".join(part for part in parts if part)
    return told or QCoreApplication.translate("clients", "no birth date, phone or e-mail")


def gender_text(gender: Gender) -> str:
    return {
        Gender.FEMALE: QCoreApplication.translate("clients", "Female"),
        Gender.MALE: QCoreApplication.translate("clients", "Male"),
        Gender.DIVERSE: QCoreApplication.translate("clients", "Diverse"),
        Gender.UNDISCLOSED: QCoreApplication.translate("clients", "Prefers not to say"),
    }[gender]


def alike_text(count: int) -> str:
    """The heading over likely duplicates."""
    if count == 1:
        return QCoreApplication.translate("clients", "One client looks like this one")
    if count == 2:
        return QCoreApplication.translate("clients", "Two clients look like this one")
    return QCoreApplication.translate("clients", "{count} clients look like this one").format(count=count)


def field_text(field: str) -> str:
    """A field of the form, for sentences."""
    tr = QCoreApplication.translate
    return {
        "first_name": tr("clients", "first name"),
        "last_name": tr("clients", "last name"),
        "date_of_birth": tr("clients", "birth date"),
        "gender": tr("clients", "gender"),
        "phone": tr("clients", "phone"),
        "email": tr("clients", "e-mail"),
        "emergency_contact_name": tr("clients", "emergency contact"),
        "emergency_contact_phone": tr("clients", "emergency phone"),
        "note": tr("clients", "note"),
        "preferred_healer": tr("clients", "preferred healer"),
    }[field]
