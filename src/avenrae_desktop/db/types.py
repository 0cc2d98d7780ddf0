"""Column types that mean the same on SQLite, MySQL and MariaDB."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

_T = TypeVar("_T")
_Result = Callable[[Any], _T | None]


@lru_cache(maxsize=4096)
def _uuid(value: bytes | None) -> UUID | None:
    """The same healers, services and clients stand in row after row."""
    return None if value is None else UUID(bytes=value)


class Utc(TypeDecorator[datetime]):
    """An instant: DATETIME(6) in UTC on servers, text with microseconds in SQLite; aware in Python."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name in ("mysql", "mariadb"):
            return dialect.type_descriptor(mysql.DATETIME(fsp=6))
        return dialect.type_descriptor(sa.DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "an instant must be aware"
            raise ValueError(msg)
        return value.astimezone(UTC).replace(tzinfo=None)

    def result_processor(self, dialect: Dialect, coltype: object) -> "_Result[datetime]":
        # One call for each value of each row: the base class would make three.
        read: Any = self.impl_instance.result_processor(dialect, coltype)
        if read is None:
            return _aware
        return lambda value: None if value is None else read(value).replace(tzinfo=UTC)


def _aware(value: Any) -> Any:
    return None if value is None else value.replace(tzinfo=UTC)


class Wall(TypeDecorator[datetime]):
    """A wall time without a zone (its zone stands in a column beside it), to the minute."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is not None:
            msg = "a wall time is naive"
            raise ValueError(msg)
        return value


class Uid(TypeDecorator[UUID]):
    """A public uuid as 16 bytes on every engine."""

    impl = sa.LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name in ("mysql", "mariadb"):
            return dialect.type_descriptor(mysql.BINARY(16))
        return dialect.type_descriptor(sa.LargeBinary(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> bytes | None:
        return None if value is None else value.bytes

    def result_processor(self, dialect: Dialect, coltype: object) -> "_Result[UUID]":
        return _uuid


class Hash(TypeDecorator[bytes]):
    """A SHA-256."""

    impl = sa.LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name in ("mysql", "mariadb"):
            return dialect.type_descriptor(mysql.BINARY(32))
        return dialect.type_descriptor(sa.LargeBinary(32))


class Hundredths(TypeDecorator[Decimal]):
    """Two decimals: DECIMAL on servers, integer hundredths in SQLite, where DECIMAL would be a float."""

    impl = sa.Numeric
    cache_ok = True

    def __init__(self, precision: int) -> None:
        super().__init__(precision, 2)
        self.precision = precision

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.Integer())
        return dialect.type_descriptor(sa.Numeric(self.precision, 2))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        hundredths = value.scaleb(2)
        if hundredths != hundredths.to_integral_value():  # servers would round it and say nothing
            msg = "an amount has at most two decimals"
            raise ValueError(msg)
        return int(hundredths) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> "_Result[Decimal] | None":
        # Servers give a Decimal as it is, and no call is made for it.
        return _from_cents if dialect.name == "sqlite" else None


class Money(Hundredths):
    """An amount: DECIMAL(10,2)."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(10)


class Percent(Hundredths):
    """A share of a hundred: DECIMAL(5,2)."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(5)


class Rating(Hundredths):
    """An average of ratings, 0 to 5: DECIMAL(3,2)."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(3)


def _from_cents(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value).scaleb(-2)


def choice(kind: type[StrEnum], name: str) -> sa.Enum:
    """An ENUM on servers, VARCHAR with a CHECK in SQLite; stores and checks the values, not the names."""
    return sa.Enum(
        kind,
        name=name,
        values_callable=lambda e: [m.value for m in e],
        validate_strings=True,
        native_enum=True,
        create_constraint=True,
    )


def exact(length: int) -> sa.String:
    """Text compared byte by byte on every engine: e-mails, sign-in names, search keys, codes."""
    return sa.String(length).with_variant(mysql.VARCHAR(length, collation="utf8mb4_bin"), "mysql", "mariadb")


def long_text() -> sa.Text:
    """JSON and notes: up to 16 MB on servers."""
    return sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
