"""What the server answers, read as PyMySQL reads it but in fewer steps.

PyMySQL calls three functions for each value and takes the columns' descriptions apart anew for each answer: most
of what a page of fifty rows costs this computer (docs/benchmarks.md).
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from pymysql.connections import MySQLResult
from pymysql.constants.CR import CR_SERVER_LOST
from pymysql.converters import convert_date, convert_datetime
from pymysql.err import OperationalError
from pymysql.protocol import FieldDescriptorPacket

Convert = Callable[[str], Any]
Column = tuple[str | None, Convert | None]
_KEPT = 500
_HEAD = 4
"""Bytes before each packet: its length in three, then its turn."""
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
        packets = _first_packets(self.connection, self.field_count)
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
        link, columns = self.connection, self.converters
        rows: list[tuple[Any, ...]] = []
        while True:
            packet = link._read_packet()  # noqa: SLF001 - this is its reader
            data = packet.get_all_data()
            if data[0] == _EOF and self._check_packet_is_eof(packet):
                break
            rows.append(values(data, columns))
            rows += [values(more, columns) for more in _at_hand(link)]
        self.connection = None  # as PyMySQL: no circle is left for the collector
        self.affected_rows = len(rows)
        self.rows = tuple(rows)


def _first_packets(link: Any, count: int) -> tuple[bytes, ...]:
    packets: list[bytes] = []
    while len(packets) < count:
        packets.append(link._read_packet().get_all_data())  # noqa: SLF001 - this is its reader
        packets += _at_hand(link, count - len(packets))
    return tuple(packets)


def _at_hand(link: Any, most: int | None = None) -> list[bytes]:
    """The packets that arrived together with an earlier one, at most so many.

    Whatever is not a whole row or description (an end, an error, a part) is left for PyMySQL. Behind those there
    is always something more to come, so waiting for it here is no mistake.
    """
    found: list[bytes] = []
    if most == 0:
        return found
    try:
        chunk = link._rfile.peek()  # noqa: SLF001 - this is its reader
    except OSError as error:  # as PyMySQL says it
        link._force_close()  # noqa: SLF001
        raise OperationalError(
            CR_SERVER_LOST, f"Lost connection to MySQL server during query ({error})"
        ) from error
    at, turn, size = 0, link._next_seq_id, len(chunk)  # noqa: SLF001
    while at + _HEAD < size and len(found) != most:
        begin = at + _HEAD
        end = begin + int.from_bytes(chunk[at : at + 3], "little")
        if end > size or end == begin or chunk[begin] >= _EOF or chunk[at + 3] != turn:
            break
        found.append(chunk[begin:end])
        at, turn = end, (turn + 1) % 256
    link._rfile.read(at)  # noqa: SLF001
    link._next_seq_id = turn  # noqa: SLF001
    return found


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
