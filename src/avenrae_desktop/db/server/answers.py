"""What the server answers, read as PyMySQL reads it but in fewer steps.

PyMySQL calls three functions for each value and takes the columns' descriptions apart anew for each answer: most
of what a page of fifty rows costs this computer (docs/benchmarks.md).
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from pymysql.connections import MySQLResult
from pymysql.converters import convert_date, convert_datetime
from pymysql.protocol import FieldDescriptorPacket

Convert = Callable[[str], Any]
Column = tuple[str | None, Convert | None]
_KEPT = 500
_EOF, _NULL, _TWO, _THREE, _EIGHT = 0xFE, 0xFB, 0xFC, 0xFD, 0xFE


class Columns(dict[tuple[bytes, ...], tuple[list[Any], list[Column], tuple[Any, ...]]]):
    """The columns of earlier answers of one connection, by the packets that describe them."""


class Answer(MySQLResult):  # type: ignore[misc]
    """An answer of a `Link`, whose `columns` remember those of earlier ones."""

    connection: Any
    fields: list[Any]
    converters: list[Column]
    description: tuple[Any, ...]
    rows: tuple[tuple[Any, ...], ...]

    def _get_descriptions(self) -> None:
        known: Columns = self.connection.columns
        packets = tuple(self.connection._read_packet().get_all_data() for _ in range(self.field_count))  # noqa: SLF001 - this is its reader
        found = known.get(packets)
        if found is None:
            found = self._described(packets)
            if len(known) >= _KEPT:
                known.clear()
            known[packets] = found
        else:
            self.connection._read_packet()  # noqa: SLF001 - the end of the descriptions
        self.fields, self.converters, self.description = found

    def _described(self, packets: Sequence[bytes]) -> tuple[list[Any], list[Column], tuple[Any, ...]]:
        """As PyMySQL takes them apart; reads the packet behind them too."""
        link = self.connection
        self.connection = _Again(link, packets)
        try:
            super()._get_descriptions()
        finally:
            self.connection = link
        converters = [(encoding, _QUICK.get(convert, convert)) for encoding, convert in self.converters]
        return self.fields, converters, self.description

    def _read_rowdata_packet(self) -> None:
        read, columns = self.connection._read_packet, self.converters  # noqa: SLF001 - this is its reader
        rows = []
        while True:
            packet = read()
            data = packet.get_all_data()
            if data[0] == _EOF and self._check_packet_is_eof(packet):
                break
            rows.append(values(data, columns))
        self.connection = None  # as PyMySQL: no circle is left for the collector
        self.affected_rows = len(rows)
        self.rows = tuple(rows)


class _Again:
    """Gives packets out a second time to PyMySQL's own parser, then goes on with those of the connection."""

    def __init__(self, link: Any, packets: Sequence[bytes]) -> None:
        self._link, self._packets = link, iter(packets)
        self.use_unicode, self.encoding, self.decoders = link.use_unicode, link.encoding, link.decoders

    def _read_packet(self, kind: type[Any] | None = None) -> Any:
        if kind is FieldDescriptorPacket:
            return kind(next(self._packets), self.encoding)
        return self._link._read_packet()  # noqa: SLF001 - it stands for the connection


def values(data: bytes, columns: Sequence[Column]) -> tuple[Any, ...]:
    """One row out of its packet: each value is its length in one to nine bytes, then its text."""
    row: list[Any] = []
    at, end = 0, len(data)
    for encoding, convert in columns:
        if at >= end:
            break
        size = data[at]
        at += 1
        if size == _NULL:
            row.append(None)
            continue
        if size >= _TWO:
            width = {_TWO: 2, _THREE: 3, _EIGHT: 8}[size]
            size = int.from_bytes(data[at : at + width], "little")
            at += width
        value: Any = data[at : at + size]
        at += size
        if encoding is not None:
            value = value.decode(encoding)
        row.append(value if convert is None else convert(value))
    return tuple(row)


def _datetime(text: str) -> Any:
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # a zero date, which no Python can hold
        return convert_datetime(text)


def _date(text: str) -> Any:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return convert_date(text)


_QUICK: dict[Any, Convert] = {convert_datetime: _datetime, convert_date: _date}
