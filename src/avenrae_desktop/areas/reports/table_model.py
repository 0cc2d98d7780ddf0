"""The reports: how each is called, what it is asked with, its columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QCoreApplication, QObject

from avenrae_desktop.areas.calendar.words import state_text
from avenrae_desktop.areas.reports.words import (
    event_text,
    healer_type_text,
    month_text,
    number_text,
    percent_text,
    product_type_text,
    stock_text,
    when_text,
)
from avenrae_desktop.areas.services.words import price_text
from avenrae_desktop.qtkit.models import Column, PagedTableModel
from avenrae_desktop.qtkit.runner import Runner

Currency = Callable[[], str]


@dataclass(frozen=True)
class Field:
    """A column: the value for files, and how a screen shows it."""

    title: str
    value: str
    shown: Callable[[Any], str] = str
    align: Literal["left", "right"] = "left"
    width: int | None = None
    main: bool = False

    def of(self, row: Any) -> Any:
        return getattr(row, self.value)

    def column(self) -> Column[Any]:
        return Column(
            self.title,
            lambda row: self.shown(self.of(row)),
            align=self.align,
            width=self.width,
            strong=self.main,
            stretch=self.main,
            tooltip=(lambda row: self.shown(self.of(row))) if self.main else None,
        )


@dataclass(frozen=True)
class Report:
    """`asks` names the fields that stand above it."""

    key: str
    title: str
    about: str
    asks: tuple[str, ...]
    fields: tuple[Field, ...]

    def model(self, runner: Runner, parent: QObject) -> PagedTableModel[Any]:
        columns = [field.column() for field in self.fields]
        return PagedTableModel(columns, runner, key=lambda row: row[0], parent=parent)

    def titles(self) -> list[str]:
        return [field.title for field in self.fields]

    def values(self, rows: Sequence[Any]) -> list[list[Any]]:
        return [[field.of(row) for field in self.fields] for row in rows]


def reports(currency: Currency) -> tuple[Report, ...]:
    """In the order of the list; `currency` is asked when a row is shown."""
    tr = QCoreApplication.translate

    def money(title: str, value: str) -> Field:
        def shown(amount: Any) -> str:
            return "–" if amount is None else price_text(amount, currency())

        return Field(title, value, shown, "right", 112)

    def count(title: str, value: str, width: int = 92) -> Field:
        return Field(title, value, number_text, "right", width)

    def main(title: str, value: str) -> Field:
        return Field(title, value, main=True)

    when = Field(tr("reports", "When"), "local_start", when_text, width=192)
    state = Field(tr("reports", "State"), "status", state_text, width=104)
    rating = count(tr("reports", "Rating"), "rating", 76)
    return (
        Report(
            "monthly_revenue",
            tr("reports", "Revenue by month"),
            tr("reports", "Bookings, orders and events, less what was given back."),
            ("first", "many", "basis"),
            (
                Field(tr("reports", "Month"), "month", month_text, main=True),
                count(tr("reports", "Bookings"), "bookings", 84),
                money(tr("reports", "From bookings"), "booking_revenue"),
                count(tr("reports", "Orders"), "orders", 72),
                money(tr("reports", "From orders"), "product_revenue"),
                count(tr("reports", "Places"), "registrations", 72),
                money(tr("reports", "From events"), "event_revenue"),
                money(tr("reports", "On account"), "other_revenue"),
                money(tr("reports", "Given back"), "refunds"),
                money(tr("reports", "Total"), "total"),
            ),
        ),
        Report(
            "healer_revenue",
            tr("reports", "Revenue by healer"),
            tr("reports", "Completed bookings of a period, less what was given back, and its published reviews."),
            ("since", "until"),
            (
                main(tr("reports", "Healer"), "name"),
                count(tr("reports", "Bookings"), "bookings"),
                money(tr("reports", "Booked"), "booked"),
                money(tr("reports", "Given back"), "refunded"),
                money(tr("reports", "Revenue"), "revenue"),
                count(tr("reports", "Reviews"), "reviews"),
                rating,
            ),
        ),
        Report(
            "top_rated_services",
            tr("reports", "Top-rated services"),
            tr("reports", "Services by their own published reviews, the best first."),
            ("least",),
            (
                main(tr("reports", "Service"), "service_name"),
                Field(tr("reports", "Healer"), "healer_name", width=160),
                Field(tr("reports", "Type"), "healer_type", healer_type_text, width=124),
                count(tr("reports", "Reviews"), "reviews"),
                rating,
            ),
        ),
        Report(
            "available_healers",
            tr("reports", "Available healers"),
            tr("reports", "Verified healers who say that they take clients. Free times are in the calendar."),
            ("healer_type",),
            (
                main(tr("reports", "Healer"), "name"),
                Field(tr("reports", "Type"), "healer_type", healer_type_text, width=140),
                money(tr("reports", "Hourly rate"), "hourly_rate"),
                rating,
            ),
        ),
        Report(
            "upcoming_bookings",
            tr("reports", "Upcoming bookings of a healer"),
            tr("reports", "What is not over, the next first."),
            ("healer",),
            (
                when,
                main(tr("reports", "Client"), "client_name"),
                Field(tr("reports", "Service"), "service_name", width=220),
                state,
            ),
        ),
        Report(
            "client_history",
            tr("reports", "Bookings of a client"),
            tr("reports", "All bookings of a client, the latest first."),
            ("client",),
            (
                when,
                main(tr("reports", "Service"), "service_name"),
                Field(tr("reports", "Healer"), "healer_name", width=180),
                state,
                money(tr("reports", "Price"), "total_price"),
            ),
        ),
        Report(
            "stock",
            tr("reports", "Stock"),
            tr("reports", "What is sold, the emptiest shelf first. Low is less than the product's own level."),
            (),
            (
                main(tr("reports", "Product"), "product_name"),
                Field(tr("reports", "Type"), "product_type", product_type_text, width=104),
                Field(tr("reports", "Group"), "product_category", width=124),
                Field(tr("reports", "SKU"), "sku", width=92),
                count(tr("reports", "In stock"), "stock_quantity"),
                count(tr("reports", "Low below"), "reorder_level"),
                money(tr("reports", "Price"), "price"),
                Field(tr("reports", "State"), "state", stock_text, width=112),
            ),
        ),
        Report(
            "attendance",
            tr("reports", "Events and who came"),
            tr("reports", "The latest first. Who cancelled is not counted."),
            (),
            (
                main(tr("reports", "Event"), "event_name"),
                when,
                Field(tr("reports", "State"), "status", event_text, width=92),
                count(tr("reports", "Seats"), "max_capacity", 68),
                count(tr("reports", "Taken"), "seats", 68),
                Field(tr("reports", "Full"), "filled", percent_text, "right", 68),
                count(tr("reports", "Came"), "attended", 68),
                count(tr("reports", "Stayed away"), "no_show", 96),
                count(tr("reports", "Waiting"), "waitlisted", 76),
            ),
        ),
    )
