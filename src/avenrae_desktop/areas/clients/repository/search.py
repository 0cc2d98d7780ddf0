"""Finding clients by ranges of indexed keys: a miss costs as little as a hit, and `%` means a percent sign.

A search is a row of branches, best first. Each is one range of one index, read in the order of that index, and
leaves out what the branches before it have found; so a page can go on where the last one ended, however deep.
Several words drive by last name, where the index over both names holds all that the other words are held against.
The branches are asked in two steps, names first: most searches have their page full then, and the other branches
would read on and on past people who were found already (an e-mail often begins with the first name).
Statements are built once for each shape of search and kept: building one takes longer than running it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from avenrae_desktop.areas.clients.keys import words_of
from avenrae_desktop.db.tables import clients, users

After = tuple[object, ...]
"""Where a page ended: branch, its two keys, id."""

COLUMNS = (
    clients.c.uuid,
    users.c.first_name,
    users.c.last_name,
    clients.c.date_of_birth,
    clients.c.phone,
    clients.c.contact_email,
    clients.c.phone_key,
    clients.c.archived_at,
    clients.c.version,
)
"""What a row of a list or a hit is made of."""

_BY_NAME = "ix_clients_last_key_first_key"
_TOP = "\U0010ffff"
_DRIVERS = 3
_SHORTEST_TAIL = 3
_WHOLE_NUMBER = 7

c = clients.c


@dataclass(frozen=True, slots=True)
class Word:
    """The kind of a word: one letter; or a number, that begins with zeros, long enough to be a number's end."""

    initial: bool = False
    number: bool = False
    zeros: bool = False
    tail: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed: its shape, and the parameters of the shape's statement."""

    words: tuple[Word, ...]
    params: dict[str, object]


@dataclass(frozen=True, slots=True)
class Branch:
    """One range of the index over `keys` (which ends with the id)."""

    keys: tuple[sa.Column[Any], ...]
    where: sa.ColumnElement[bool]


def search_of(text: str) -> Search | None:
    """How to find what was typed: everybody for no text; None when the text holds nothing to search by."""
    words = _drivers_first(words_of(text))
    if not words and text.strip():
        return None
    params: dict[str, object] = {}
    _put(params, "phrase", " ".join(words_of(text)))
    shape = []
    for i, word in enumerate(words):
        _put(params, f"w{i}", word)
        params |= {f"w{i}_gap": f" {word}", f"w{i}_dash": f"-{word}"}
        shape.append(_number(params, i, word) if word.isdigit() else Word(initial=len(word) == 1))
    return Search(tuple(shape), params)


def _drivers_first(words: Sequence[str]) -> list[str]:
    """The longest, the last and the first word lead: among them is the beginning of a last name, or its end."""
    leading = [max(words, key=len), words[-1], words[0]] if words else []
    return list(dict.fromkeys([*leading, *words]))


def _put(params: dict[str, object], name: str, prefix: str) -> None:
    params[name], params[f"{name}_top"] = prefix, prefix + _TOP


def _number(params: dict[str, object], i: int, word: str) -> Word:
    """A number is searched from its beginning and by its last digits; 044 and 0041 44 also find +41 44."""
    bare = word.lstrip("0")
    kind = Word(number=True, zeros=bool(bare) and bare != word, tail=len(word) >= _SHORTEST_TAIL)
    _put(params, f"bare{i}", bare)
    _put(params, f"tail{i}", (bare if len(bare) >= _WHOLE_NUMBER else word)[::-1])
    return kind


def statements(
    search: Search, after: After | None, limit: int, *, archived: bool
) -> Iterator[tuple[sa.Select[Any], dict[str, object]]]:
    """Statements with their parameters, to be asked until `limit` rows are found; two at most.

    Rows are `COLUMNS`, then the four parts of each row's place, best first.
    """
    begin, params = 0, search.params
    if after is not None:
        begin = int(str(after[0]))
        params = params | dict(zip(("one", "two", "last"), after[1:], strict=True))
    names, every = _names(search.words), len(_branches(search.words))
    if begin < names < every:
        yield _page(search.words, range(begin, names), limit, behind=after is not None, archived=archived), params
        yield _page(search.words, range(names, every), limit, behind=False, archived=archived), params
    else:
        yield _page(search.words, range(begin, every), limit, behind=after is not None, archived=archived), params


def starts_with(column: sa.ColumnElement[str], name: str) -> sa.ColumnElement[bool]:
    """A range rather than LIKE: SQLite uses no index for LIKE with ESCAPE. `name` is that of the parameter."""
    return sa.and_(column >= sa.bindparam(name), column < sa.bindparam(f"{name}_top"))


@lru_cache(maxsize=256)
def _branches(words: tuple[Word, ...]) -> tuple[Branch, ...]:
    both = (c.last_key, c.first_key)
    if not words:
        return (Branch(both, sa.true()),)
    if len(words) == 1:
        found = [
            Branch(both, starts_with(c.last_key, "w0")),
            Branch((c.first_key,), starts_with(c.first_key, "w0")),
            Branch((c.other_key,), starts_with(c.other_key, "w0")),
            Branch((c.email_key,), starts_with(c.email_key, "w0")),
        ]
        return (*found, *_numbers(words, 0, []))
    found = [
        Branch(both, starts_with(c.last_key, "phrase")),
        Branch((c.first_key,), starts_with(c.first_key, "phrase")),
    ]
    further = []
    for i in range(_drivers(words)):
        others = [_held(words[k], k) for k in range(len(words)) if k != i]
        found.append(Branch(both, sa.and_(starts_with(c.last_key, f"w{i}"), *others)))
        if not all(word.initial for word in words):
            further.append(Branch((c.other_key,), sa.and_(starts_with(c.other_key, f"w{i}"), *others)))
        further += _numbers(words, i, others)
    return (*found, *further)


def _drivers(words: tuple[Word, ...]) -> int:
    """Initials alone narrow nothing down: of those only the first and the last word lead."""
    return min(2 if all(word.initial for word in words) else _DRIVERS, len(words))


def _names(words: tuple[Word, ...]) -> int:
    """How many branches, the first ones, look for names: all where numbers were typed, which are no names."""
    if any(word.number for word in words):
        return len(_branches(words))
    return 2 + _drivers(words) if len(words) > 1 else 2 * len(words)


def _numbers(words: tuple[Word, ...], i: int, others: list[sa.ColumnElement[bool]]) -> list[Branch]:
    return [Branch((col,), sa.and_(starts_with(col, name), *others)) for col, name in _ranges(words[i], i)]


def _ranges(word: Word, i: int) -> list[tuple[sa.Column[Any], str]]:
    wanted = (
        (word.number, c.phone_key, "w"),
        (word.zeros, c.phone_key, "bare"),
        (word.tail, c.phone_tail, "tail"),
    )
    return [(column, f"{name}{i}") for there, column, name in wanted if there]


def _held(word: Word, i: int) -> sa.ColumnElement[bool]:
    """Whether a word of the names begins so (both names stand in one index), or the phone number fits."""
    ways = [starts_with(column, f"w{i}") for column in (c.last_key, c.first_key)]
    for column in (c.last_key, c.first_key):
        ways += [
            sa.func.instr(column, sa.bindparam(f"w{i}_{gap}", type_=sa.String)) > 0 for gap in ("gap", "dash")
        ]
    return sa.or_(*ways, *(starts_with(column, name) for column, name in _ranges(word, i)))


@lru_cache(maxsize=256)
def _page(words: tuple[Word, ...], numbers: range, limit: int, *, behind: bool, archived: bool) -> sa.Select[Any]:
    """Some of the branches; with `behind` the first of them from behind a place."""
    branches = _branches(words)
    parts = []
    for number in numbers:
        where = [branches[number].where, *(sa.not_(b.where) for b in branches[:number])]
        where.append(c.archived_at.is_not(None) if archived else c.archived_at.is_(None))
        if behind and number == numbers.start:
            where.append(_behind(branches[number].keys))
        parts.append(_part(number, branches[number], where, limit))
    hit = sa.union_all(*parts).subquery("hit")
    place = (hit.c.branch, hit.c.key_one, hit.c.key_two, hit.c.id)
    return (
        sa.select(*COLUMNS, *place)
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


def _behind(keys: Sequence[sa.ColumnElement[Any]]) -> sa.ColumnElement[bool]:
    """Strictly behind the place, written out: MySQL makes no range of `(a, b, id) > (x, y, z)`."""
    one: Any = sa.bindparam("one")
    two: Any = sa.bindparam("two")
    last: Any = sa.bindparam("last")
    if len(keys) == 1:
        return sa.and_(keys[0] >= one, sa.or_(keys[0] > one, c.id > last))
    deeper = sa.or_(keys[1] > two, sa.and_(keys[1] == two, c.id > last))
    return sa.and_(keys[0] >= one, sa.or_(keys[0] > one, deeper))
