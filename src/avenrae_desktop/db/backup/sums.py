"""Tables as a number of rows and a checksum, the same wherever and in whatever order the rows stand."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_BYTES = 16
_MODULUS = 1 << (8 * _BYTES)


@dataclass(frozen=True, slots=True)
class TableSum:
    """How many rows, and a checksum over all of them."""

    rows: int
    check: str


class Summing:
    """Adds rows up. A lost, doubled or altered row changes the sum; their order does not.

    Rows are tuples of what the driver gave; it guards against faults, the sealed file against people.
    """

    def __init__(self) -> None:
        self.rows = 0
        self._total = 0

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        blake, total = hashlib.blake2b, 0
        for row in rows:
            # `ascii` and not `repr`: what is printable differs between versions of Unicode.
            digest = blake(ascii(row).encode("ascii"), digest_size=_BYTES).digest()
            total += int.from_bytes(digest, "big")
            self.rows += 1
        self._total = (self._total + total) % _MODULUS

    def result(self) -> TableSum:
        return TableSum(self.rows, f"{self._total:032x}")


def difference(wanted: Mapping[str, TableSum], found: Mapping[str, TableSum]) -> str:
    """The first table that is not the same, in words; empty where all are."""
    for name in sorted({*wanted, *found}):
        if name not in found:
            return f"the table “{name}” is missing"
        if name not in wanted:
            return f"the table “{name}” is too much"
        if wanted[name].rows != found[name].rows:
            return f"“{name}” has {found[name].rows} rows instead of {wanted[name].rows}"
        if wanted[name] != found[name]:
            return f"rows of “{name}” differ"
    return ""
