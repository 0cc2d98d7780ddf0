"""`database/queries/*.sql`: the statements of the reports as the program sends them, for the servers' own clients.

Where the program binds a value the file has a variable, set to something to be found in the sample practice.
"""

import re
import textwrap
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

from avenrae_desktop.areas.reports.repository import months, statements

_MANY, _MONTHS = 60, 6
_HEAD = "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;"
_CLAUSE = re.compile(r"\s*\n\s*| (?=INNER JOIN|LEFT OUTER JOIN|GROUP BY|ORDER BY|UNION ALL)")
_ONE_HEALER = "SET @healer = (SELECT uuid FROM healers WHERE id = 1);"


class Question(NamedTuple):
    """A file: its name, what it puts right, the lines that set its variables, the statement."""

    name: str
    about: str
    variables: tuple[str, ...]
    statement: sa.Select[Any]

    def text(self) -> str:
        about = "\n".join(f"-- {line}" for line in textwrap.wrap(self.about, 100))
        return "\n".join((f"{about}\n-- Written from the program's own statement by scripts/seed.", _HEAD,
                          *self.variables, _sql(self.statement))) + "\n"  # fmt: skip


def _v(name: str) -> sa.ColumnElement[Any]:
    return sa.literal_column(f"@{name}")


def _sql(statement: sa.Select[Any]) -> str:
    """One clause begins one line; long ones go on indented."""
    compiled = str(statement.compile(dialect=mysql.dialect(), compile_kwargs={"literal_binds": True}))
    lines = [
        textwrap.fill(line, 110, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
        for line in _CLAUSE.split(compiled.strip())
    ]
    return "\n".join(lines) + ";"


def _month_variables() -> tuple[str, ...]:
    first = "SET @month_0 = CAST(DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-01') AS DATETIME);"
    earlier = tuple(f"SET @month_{n} = @month_0 - INTERVAL {n} MONTH;" for n in range(1, _MONTHS))
    names = tuple(f"SET @name_{n} = DATE_FORMAT(@month_{n}, '%Y-%m');" for n in range(_MONTHS))
    return (first, *earlier, *names, "SET @until = @month_0 + INTERVAL 1 MONTH, @now = UTC_TIMESTAMP(6);")


def questions() -> tuple[Question, ...]:
    """The eight, in the document's order."""
    named = [months.Month(_v(f"name_{n}"), _v(f"month_{n}")) for n in range(_MONTHS)]
    return (
        Question(
            "1_available_healers",
            "Who is verified and says that they are available; whoever left the practice is not. It knows nothing"
            " of hours and bookings: for a time that is free ask the calendar.",
            ("SET @healer_type = 'psychologist';",),
            statements.available_healers(_v("healer_type"), _MANY),
        ),
        Question(
            "2_client_history",
            "A client's bookings, page by page; those that were taken back by undo never were. The next page asks"
            " for those with booking_date <= the last one's and (booking_date < it or id < its id).",
            ("SET @client = (SELECT uuid FROM clients WHERE id = 1);",),
            statements.client_history(_v("client"), _MANY),
        ),
        Question(
            "3_upcoming_bookings",
            "What is not over: a booking does not leave the list when it begins. Times are UTC, whatever zone the"
            " session has. No booking lasts 32 days.",
            (_ONE_HEALER, "SET @now = UTC_TIMESTAMP(6);", "SET @since = @now - INTERVAL 32 DAY;"),
            statements.upcoming_bookings(_v("healer"), _v("now"), _v("since"), _MANY),
        ),
        Question(
            "4_healer_revenue",
            "Revenue less what was given back, of a period; zeros instead of NULL; ratings from published reviews."
            " Sums are made before the join. The average is stars / reviews.",
            ("SET @until = UTC_TIMESTAMP(6);", "SET @since = @until - INTERVAL 1 YEAR;"),
            statements.healer_revenue(_v("since"), _v("until"), _MANY),
        ),
        Question(
            "5_rated_services",
            "A service is rated by its own reviews and not by all of its healer's, and only from some reviews on."
            " The program ranks by stars / reviews.",
            ("SET @least = 3;",),
            statements.rated_services(_v("least")),
        ),
        Question(
            "6_stock",
            "What is sold, the emptiest shelf first, page by page. Low is less than the product's own level.",
            (),
            statements.stock(_MANY),
        ),
        Question(
            "7_attendance",
            "Who holds a seat, came, stayed away or waits; whoever cancelled is not counted. The program shows"
            " 100 * seats / max_capacity where there is a capacity.",
            (),
            statements.attendance(_MANY),
        ),
        Question(
            "8_monthly_revenue",
            "Completed bookings, orders that were not cancelled, places of events that are over, less what was"
            " given back of them. Each kind is summed for itself: joined by month, every booking would meet every"
            " order. The program passes the months of the practice's time zone; here they are those of UTC.",
            _month_variables(),
            months.by_service(named, _v("until"), _v("now")),
        ),
        Question(
            "8_monthly_revenue_by_payment",
            "The same by the day of the payment: the ledger's payments by what they were for, and its refunds.",
            _month_variables(),
            months.by_payment(named, _v("until")),
        ),
    )
