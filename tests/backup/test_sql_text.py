"""Rows written as SQL and read back, whatever is in them and wherever the stream is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avenrae_desktop.db.backup.own_dump import inserts
from avenrae_desktop.db.backup.snapshot import Column
from avenrae_desktop.db.backup.sql_text import INSERT, BadDump, quoted, quoted_text, rows_of, statements
from tests.backup.conftest import HOSTILE

COLUMNS = (Column("id", "number"), Column("note", "text"), Column("uuid", "binary"))
Row = st.tuples(
    st.integers(-(10**9), 10**9).map(lambda n: str(n).encode()),
    st.none() | st.text().map(str.encode) | st.sampled_from(HOSTILE).map(str.encode),
    st.none() | st.binary(max_size=40),
)


@given(st.lists(Row, min_size=1, max_size=8), st.integers(1, 40))
def test_every_row_comes_back(rows: list[tuple[bytes | None, ...]], size: int) -> None:
    text = b"-- a dump\n" + b"".join(inserts("clients", COLUMNS, rows)) + b"-- end\n"
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    found = [rows_of(each) for each in statements(pieces) if each.startswith(INSERT)]
    assert [cell for each in found for cell in each.cells] == rows
    assert {each.columns for each in found} == {("id", "note", "uuid")}


@given(st.text())
def test_texts_are_quoted_alike(text: str) -> None:
    assert quoted_text(text).encode("utf-8", "surrogatepass") == quoted(text.encode("utf-8", "surrogatepass"))


def test_large_rows_stand_in_statements_of_their_own() -> None:
    rows = [(b"1", b"x" * 300_000, None)] * 4
    found = list(inserts("clients", COLUMNS, rows))
    assert [len(rows_of(each).cells) for each in found] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    "bad",
    [
        b"INSERT INTO `a` (`b`) VALUES (1,2);",
        b"INSERT INTO `a` (`b`) VALUES (sleep(9));",
        b"INSERT INTO `a` (`b`) VALUES ('open);",
        b"INSERT INTO `a` VALUES (1);",
        b"DROP TABLE a;",
    ],
)
def test_what_is_no_row_is_refused(bad: bytes) -> None:
    with pytest.raises(BadDump):
        rows_of(bad)


def test_cut_off_in_a_statement() -> None:
    with pytest.raises(BadDump):
        list(statements([b"INSERT INTO `a` (`b`) VALUES (1),\n(2"]))
