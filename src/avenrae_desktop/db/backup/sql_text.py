"""The rows of an SQL dump: written as the servers' own programs write them, and read back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Cell = bytes | None
"""What a server says of a value in its text protocol; None is NULL."""

INSERT = b"INSERT INTO `"
_INSERT = re.compile(rb"INSERT INTO `(?P<table>[^`]+)` \((?P<columns>[^)]*)\) VALUES\s*")
_VALUE = re.compile(
    rb"\s*(?P<open>\()?\s*(?:_binary )?"
    rb"(?:'(?P<text>(?:[^'\\]|\\.|'')*)'|0x(?P<hex>[0-9A-Fa-f]+)|(?P<null>NULL)|(?P<number>[-+0-9.eE]+))\s*"
    rb"(?P<end>\)?)[,;]?",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\(.)|''", re.DOTALL)
_MEANT = {b"0": b"\0", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"Z": b"\x1a"}
_SIGNS = str.maketrans({"\0": "\\0", "\n": "\\n", "\r": "\\r", "\x1a": "\\Z", "\\": "\\\\", "'": "\\'"})
_BYTES = {ord(sign): meant.encode() for sign, meant in (("\0", "\\0"), ("\n", "\\n"), ("\r", "\\r"))}
_BYTES |= {0x1A: b"\\Z", 0x5C: b"\\\\", 0x27: b"\\'"}
_RISKY = re.compile(rb"[\0\n\r\x1a\\']")


class BadDump(ValueError):
    """It is no dump as it should be."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one INSERT."""

    table: str
    columns: tuple[str, ...]
    cells: list[tuple[Cell, ...]]


def quoted(text: bytes) -> bytes:
    """A text as a literal that every server reads back as it was."""
    return b"'" + _RISKY.sub(lambda found: _BYTES[found[0][0]], text) + b"'"


def quoted_text(text: str) -> str:
    """As `quoted`."""
    return f"'{text.translate(_SIGNS)}'"


def statements(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The INSERT statements whole, every other line as it is. Within a text no newline is written as itself."""
    waiting, insert = b"", b""
    for piece in pieces:
        *lines, waiting = (waiting + piece).split(b"\n")
        for line in lines:
            if insert or line.startswith(INSERT):
                insert += line + b"\n"
                if line.endswith(b");"):
                    yield insert
                    insert = b""
            else:
                yield line
    if insert:
        raise BadDump("cut off in a statement")
    yield waiting


def rows_of(statement: bytes) -> Rows:
    """What an INSERT of a dump puts in. Raises BadDump."""
    head = _INSERT.match(statement)
    if head is None:
        raise BadDump(statement[:80])
    columns = tuple(name.strip(b" `").decode() for name in head["columns"].split(b","))
    cells: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    at, end = head.end(), len(statement.rstrip(b";\n"))
    while at < end:
        found = _VALUE.match(statement, at)
        if found is None or found.end() == at:
            raise BadDump(f"at byte {at}")
        row.append(_cell(found))
        at = found.end()
        if found["end"]:
            if len(row) != len(columns):
                raise BadDump(f"a row of {len(row)} values for {len(columns)} columns")
            cells.append(tuple(row))
            row = []
    if row:
        raise BadDump("cut off in a row")
    return Rows(head["table"].decode(), columns, cells)


def _cell(found: re.Match[bytes]) -> Cell:
    text: bytes | None = found["text"]
    if text is not None:
        return _ESCAPED.sub(_meant, text) if b"\\" in text or b"''" in text else text
    if found["hex"] is not None:
        return bytes.fromhex(found["hex"].decode())
    return None if found["null"] else found["number"]


def _meant(found: re.Match[bytes]) -> bytes:
    sign: bytes | None = found[1]
    return b"'" if sign is None else _MEANT.get(sign, sign)
