"""How reports speak of kinds, states and numbers."""

from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from avenrae_desktop.areas.reports.queries import StockState
from avenrae_desktop.kernel.values import EventStatus, HealerType, ProductType
from avenrae_desktop.qtkit.moments import full_day_text, time_text

_TR = QCoreApplication.translate


def healer_type_text(kind: HealerType) -> str:
    return {
        HealerType.PSYCHOLOGIST: _TR("reports", "Psychologist"),
        HealerType.ACUPUNCTURIST: _TR("reports", "Acupuncturist"),
        HealerType.REIKI: _TR("reports", "Reiki"),
        HealerType.YOGA: _TR("reports", "Yoga"),
        HealerType.MASSAGE: _TR("reports", "Massage"),
        HealerType.NATUROPATH: _TR("reports", "Naturopath"),
        HealerType.OTHER: _TR("reports", "Other"),
    }[kind]


def product_type_text(kind: ProductType) -> str:
    return {
        ProductType.CRYSTAL: _TR("reports", "Crystal"),
        ProductType.BOOK: _TR("reports", "Book"),
        ProductType.TOOL: _TR("reports", "Tool"),
        ProductType.SUPPLEMENT: _TR("reports", "Supplement"),
        ProductType.OTHER: _TR("reports", "Other"),
    }[kind]


def stock_text(state: StockState) -> str:
    return {
        StockState.OUT: _TR("reports", "Out of stock"),
        StockState.LOW: _TR("reports", "Low stock"),
        StockState.IN_STOCK: _TR("reports", "In stock"),
    }[state]


def event_text(status: EventStatus) -> str:
    return {
        EventStatus.DRAFT: _TR("reports", "Draft"),
        EventStatus.OPEN: _TR("reports", "Open"),
        EventStatus.COMPLETED: _TR("reports", "Over"),
        EventStatus.CANCELLED: _TR("reports", "Cancelled"),
    }[status]


def number_text(value: Decimal | int | None) -> str:
    """A number as the locale writes it; a dash for none."""
    if value is None:
        return "–"
    return QLocale().toString(float(value), "f", 2) if isinstance(value, Decimal) else QLocale().toString(value)


def percent_text(value: Decimal | None) -> str:
    return "–" if value is None else f"{QLocale().toString(float(value), 'f', 0)} %"


def when_text(wall: datetime) -> str:
    """A wall time: "Sun 28 Mar 2027, 14:05"."""
    return f"{full_day_text(wall.date())}, {time_text(wall)}"


def month_text(first: date) -> str:
    return QLocale().toString(QDate(first.year, first.month, 1), "MMMM yyyy")
