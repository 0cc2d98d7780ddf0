"""A report as text for spreadsheets. What a client typed must not run there."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

# What spreadsheets take for the beginning of a formula, also in the wide form of East Asian keyboards.
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A CSV file, with the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return f"\ufeff{out.getvalue()}"


def clipboard_text(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Cells between tabs, as spreadsheets take them from the clipboard."""
    lines = ("\t".join(_one_line(harmless(value)) for value in row) for row in rows)
    return "\n".join(("\t".join(titles), *lines))


def harmless(value: Any) -> str:
    """The value as text. Numbers stay numbers; a text that would be run begins with an apostrophe."""
    match value:
        case None:
            return ""
        case Enum():
            return str(value.value)
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case int():
            return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_BEGINS_FORMULA) else text


def _one_line(text: str) -> str:
    return " ".join(text.split())
