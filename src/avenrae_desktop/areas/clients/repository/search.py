"""Finding clients by ranges of indexed keys: a miss costs as little as a hit, and `%` means a percent sign.

A search is a row of branches, best first. Each is one range of one index, read in the order of that index, and
leaves out what the branches before it have found; so a page can go on where the last one ended, however deep.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from avenrae_desktop.areas.clients.keys import words_of
from avenrae_desktop.db.tables import clients, users

After = tuple[object, ...]
"""Where a page ended: branch, its two keys, id."""

_BY_NAME = "ix_clients_last_key_first_key"
_TOP = "\U0010ffff"
_DRIVERS = 2
_SHORTEST_TAIL = 3
_WHOLE_NUMBER = 7

c = clients.c


@dataclass(frozen=True, slots=True)
class Branch:
    """One range of the index over `keys` (which ends with the id)."""

    keys: tuple[sa.Column[Any], ...]
    where: sa.ColumnElement[bool]


def starts_with(column: sa.ColumnElement[str], prefix: str) -> sa.ColumnElement[bool]:
    """A range rather than LIKE: SQLite uses no index for LIKE with ESCAPE."""
    return sa.and_(column >= prefix, column < prefix + _TOP)


def branches_of(text: str) -> list[Branch]:
    """The branches of what was typed; none when there is nothing to search by, everybody for no text at all."""
    words = words_of(text)
    if not words:
        return [] if text.strip() else [Branch((c.last_key, c.first_key), sa.true())]
    found = []
    if len(words) > 1:
        phrase = " ".join(words)
        found += [
            Branch((c.last_key, c.first_key), starts_with(c.last_key, phrase)),
            Branch((c.first_key,), starts_with(c.first_key, phrase)),
        ]
    for driver in sorted(words, key=len, reverse=True)[:_DRIVERS]:
        others = [_somewhere(word) for word in words if word != driver]
        found += [Branch(b.keys, sa.and_(b.where, *others)) for b in _driven_by(driver)]
    return found


def _driven_by(word: str) -> list[Branch]:
    found = [
        Branch((c.last_key, c.first_key), starts_with(c.last_key, word)),
        Branch((c.first_key,), starts_with(c.first_key, word)),
        Branch((c.other_key,), starts_with(c.other_key, word)),
        Branch((c.email_key,), starts_with(c.email_key, word)),
    ]
    if word.isdigit():
        found += [Branch((column,), starts_with(column, start)) for column, start in _phone_ranges(word)]
    return found


def _phone_ranges(number: str) -> list[tuple[sa.Column[Any], str]]:
    """The number from its beginning or by its last digits; 044 and 0041 44 also find +41 44."""
    bare = number.lstrip("0")
    found = [(c.phone_key, number)]
    if bare and bare != number:
        found.append((c.phone_key, bare))
    if len(number) >= _SHORTEST_TAIL:
        tail = bare if len(bare) >= _WHOLE_NUMBER else number
        found.append((c.phone_tail, tail[::-1]))
    return found


def _somewhere(word: str) -> sa.ColumnElement[bool]:
    """Whether a word of the names, the e-mail or the phone number begins so."""
    begins = [starts_with(column, word) for column in (c.last_key, c.first_key, c.other_key, c.email_key)]
    inside = [sa.func.instr(column, gap + word) > 0 for column in (c.last_key, c.first_key) for gap in " -"]
    if word.isdigit():
        begins += [starts_with(column, start) for column, start in _phone_ranges(word)]
    return sa.or_(*begins, *inside)


def page_query(
    columns: Sequence[sa.ColumnElement[Any]],
    branches: Sequence[Branch],
    after: After | None,
    limit: int,
    *,
    archived: bool | None,
) -> sa.Select[Any]:
    """Rows of `columns`, then the four parts of each row's place; `archived` None means all."""
    first = 0 if after is None else int(str(after[0]))
    parts = []
    for number in range(first, len(branches)):
        where = [branches[number].where, *(sa.not_(b.where) for b in branches[:number])]
        if archived is not None:
            where.append(c.archived_at.is_not(None) if archived else c.archived_at.is_(None))
        if after is not None and number == first:
            where.append(_behind(branches[number].keys, after))
        parts.append(_part(number, branches[number], where, limit))
    hit = sa.union_all(*parts).subquery("hit")
    place = (hit.c.branch, hit.c.key_one, hit.c.key_two, hit.c.id)
    return (
        sa.select(*columns, *place)
        .select_from(hit.join(clients, c.id == hit.c.id).join(users, users.c.id == c.user_id))
        .order_by(*place)
        .limit(limit)
    )


def _part(number: int, branch: Branch, where: Sequence[sa.ColumnElement[bool]], limit: int) -> sa.Select[Any]:
    # A select of a select, because SQLite takes no LIMIT directly inside a UNION. Both key columns are real ones:
    # a literal would bring a collation of its own into the UNION.
    inner = (
        sa.select(
            sa.literal_column(str(number), sa.Integer).label("branch"),
            branch.keys[0].label("key_one"),
            branch.keys[-1].label("key_two"),
            c.id.label("id"),
        )
        .where(*where)
        .order_by(*branch.keys, c.id)
        .limit(limit)
    )
    if len(branch.keys) > 1:
        # MariaDB would rather read and sort everybody than look into the index for a page of them.
        for server in ("mysql", "mariadb"):
            inner = inner.with_hint(clients, f"FORCE INDEX ({_BY_NAME})", server)
    return sa.select(inner.subquery(f"branch_{number}"))


def _behind(keys: Sequence[sa.ColumnElement[Any]], after: After) -> sa.ColumnElement[bool]:
    """Strictly behind the place, written out: MySQL makes no range of `(a, b, id) > (x, y, z)`."""
    one, two, last = after[1:]
    if len(keys) == 1:
        return sa.and_(keys[0] >= one, sa.or_(keys[0] > one, c.id > last))
    deeper = sa.or_(keys[1] > two, sa.and_(keys[1] == two, c.id > last))
    return sa.and_(keys[0] >= one, sa.or_(keys[0] > one, deeper))
