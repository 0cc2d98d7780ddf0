"""The one MetaData and the columns that every table shares."""

from typing import Any

import sqlalchemy as sa

from avenrae_desktop.db.types import Uid, Utc

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def table(name: str, *parts: Any) -> sa.Table:
    """A table of the practice: InnoDB and utf8mb4 on servers."""
    return sa.Table(
        name,
        metadata,
        *parts,
        mysql_engine="InnoDB",
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mariadb_engine="InnoDB",
        mariadb_charset="utf8mb4",
        mariadb_collate="utf8mb4_unicode_520_ci",
    )


def identity() -> list[sa.Column[Any]]:
    """INT key inside, UUIDv7 outside (commands, undo and the feed name things by uuid only)."""
    return [
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("uuid", Uid, nullable=False, unique=True),
    ]


def version() -> sa.Column[int]:
    """Counts edits; an UPDATE names the version it read, so that nobody overwrites unseen changes."""
    return sa.Column("version", sa.Integer, nullable=False, server_default="1")


def created_at() -> sa.Column[Any]:
    return sa.Column("created_at", Utc, nullable=False)


def ref(name: str, target: str, *, nullable: bool = False, indexed: bool = True, **more: Any) -> sa.Column[Any]:
    """A foreign key to the `id` of another table; not `indexed`: an index or key of the table begins with it."""
    key = sa.ForeignKey(f"{target}.id")
    return sa.Column(name, sa.Integer, key, nullable=nullable, index=indexed, **more)
