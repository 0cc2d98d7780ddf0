"""A table as a workbook: numbers and days as such, every text as a text and never as a formula."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from avenrae_desktop.db.backup.plain import plain_text
from avenrae_desktop.db.backup.problems import TOO_LONG_FOR_XLSX
from avenrae_desktop.kernel.errors import RuleBroken

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 32_767
_ROWS_OF_A_SHEET = 1_048_576
_FIRST_YEAR = 1900
_MOST_EXACT = 10**15
"""From here on numbers of spreadsheets lose digits."""


def write_xlsx(
    path: Path, table: sa.Table, columns: Sequence[sa.Column[Any]], rows: Iterator[Sequence[tuple[Any, ...]]]
) -> None:
    """Raises OSError; RuleBroken for a text that no cell can hold."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    # What it keeps meanwhile holds the same as the export: beside it, and gone with it.
    with tempfile.TemporaryDirectory(prefix=".avenrae-export-", dir=path.parent) as beside:
        options = {
            "constant_memory": True,
            "tmpdir": beside,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        book = xlsxwriter.Workbook(str(path), options)
        try:
            _fill(book, table.name, columns, rows)
            book.close()
        except FileCreateError as error:
            if error.args and isinstance(error.args[0], OSError):
                raise error.args[0] from error
            raise
        finally:
            for sheet in book.worksheets():
                if sheet.row_data_fh is not None and not sheet.row_data_fh.closed:
                    sheet.row_data_fh.close()


def _fill(
    book: Any, name: str, columns: Sequence[sa.Column[Any]], rows: Iterator[Sequence[tuple[Any, ...]]]
) -> None:
    bold = book.add_format({"bold": True})
    formats: dict[type, Format] = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    sheet, line = None, 0
    for part in rows:
        for row in part:
            if sheet is None or line >= _ROWS_OF_A_SHEET:
                sheet, line = _sheet(book, name, columns, bold), 1
            for place, value in enumerate(row):
                _write(sheet, line, place, value, formats, columns[place].name)
            line += 1
    if sheet is None:
        _sheet(book, name, columns, bold)


def _sheet(book: Any, name: str, columns: Sequence[sa.Column[Any]], bold: "Format") -> "Worksheet":
    number = len(book.worksheets()) + 1
    sheet: Worksheet = book.add_worksheet(name[:25] if number == 1 else f"{name[:25]} {number}")
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, bold)
    return sheet


def _write(
    sheet: "Worksheet", line: int, place: int, value: Any, formats: dict[type, "Format"], column: str
) -> None:
    match value:
        case None:
            return
        case Enum():
            pass
        case bool():
            sheet.write_number(line, place, int(value))
            return
        case int() | float() | Decimal() if -_MOST_EXACT < float(value) < _MOST_EXACT:
            sheet.write_number(line, place, value)
            return
        case datetime() if value.year >= _FIRST_YEAR:
            naive = value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
            sheet.write_datetime(line, place, naive, formats[datetime])
            return
        case date() if value.year >= _FIRST_YEAR:
            sheet.write_datetime(line, place, value, formats[date])
            return
    text = plain_text(value)
    if len(text.encode("utf-16-le")) // 2 > _LONGEST:
        raise RuleBroken(TOO_LONG_FOR_XLSX, column=column)
    sheet.write_string(line, place, text)
