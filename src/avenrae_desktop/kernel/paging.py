"""Keyset pages: a list is read from where the last page ended, never counted whole."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
PAGE = 60


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Up to PAGE rows; `after` is the key to ask the next page with, None at the end of the list."""

    rows: tuple[T, ...]
    after: tuple[object, ...] | None = None
