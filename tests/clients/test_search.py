"""Finding clients: by what, in which order, page by page, and without reading the whole table."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from random import Random

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from avenrae_desktop.areas.clients.domain import ArchiveClient, ClientFields
from avenrae_desktop.areas.clients.keys import keys_of
from avenrae_desktop.areas.clients.repository import ClientReads
from avenrae_desktop.areas.clients.repository.search import search_of, statements
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.ids import new_uuid
from tests.clients.conftest import Desk
from tests.support.practice import NOW

Counting = Callable[[Engine], AbstractContextManager[list[str]]]

FIRST = "Anna Anja Ben Clara Dan Eva Finn Gül Hana Ivo Jana Karl Lea Mia Noé Ole Pia Rui Sofía Tom".split()
LAST = "Keller Meier Müller Rossi Nair Tanaka Haddad Weber Fischer Dubois Almeida Becker Łukasz Ng".split()


def fill(engine: Engine, count: int, seed: int = 7) -> list[tuple[str, str]]:
    """Clients made straight in the tables; returns their names in the order of the list."""
    random, names = Random(seed), []
    with engine.begin() as c:
        first_id = (c.scalar(sa.select(sa.func.max(t.users.c.id))) or 0) + 1
        users, clients = [], []
        for i in range(count):
            first, last = random.choice(FIRST), random.choice(LAST) + random.choice(["", "", "son", f"-{i}"])
            names.append((last, first))
            fields = ClientFields(
                first_name=first, last_name=last, email=f"c{i}@example.com", phone=f"+41 44 {i:07d}"
            )
            users.append(
                {
                    "id": first_id + i,
                    "uuid": new_uuid(),
                    "first_name": first,
                    "last_name": last,
                    "user_type": "client",
                    "created_at": NOW,
                }
            )
            keys = keys_of(fields)
            clients.append(
                {
                    "uuid": new_uuid(),
                    "user_id": first_id + i,
                    "created_at": NOW,
                    "phone": fields.phone,
                    "contact_email": fields.email,
                    **{name: getattr(keys, name) for name in keys.__slots__},
                }
            )
        c.execute(t.users.insert(), users)
        c.execute(t.clients.insert(), clients)
    return names


def test_by_any_part_that_begins_a_word(desk: Desk) -> None:
    desk.add("Anna Maria", "van der Berg", phone="+41 44 555 01 23", email="anna@berg.example.com")
    desk.add("Zoë", "Müller-Lüdenscheid", phone="079 555 66 77")
    for text in (
        "anna", "ANNA", "van", "van der", "van der be", "berg", "BÉRG", "anna berg", "berg anna", "maria van",
        "anna@berg", "0123", "01 23", "+41 44 555", "4144", "044 555 01 23", "0041 44 555 01 23", "anna 0123",
        "Berg, Anna", "anna van d", "anna maria van der berg",
    ):  # fmt: skip
        assert desk.names(text) == ["Anna Maria van der Berg"], text
    for text in ("zoe", "muller", "mueller-l", "müller lüd", "lüdenscheid zoë", "079 555", "6677"):
        expected = [] if text == "mueller-l" else ["Zoë Müller-Lüdenscheid"]
        assert desk.names(text) == expected, text
    for text in ("", " ", "nna", "erg", "%", "_", "an%", "a_na", "anna zoe", "555 01 99", "\\", "'", '"', "🌿"):
        assert desk.names(text) == [], text


def test_percent_and_underscore_are_letters(desk: Desk) -> None:
    desk.add("", "100% Zen")
    desk.add("", "1000 Zen")
    desk.add("", "a_b")
    desk.add("", "axb")
    assert desk.names("100%") == ["100% Zen"]
    assert desk.names("a_") == ["a_b"]


def test_a_hit_shows_what_tells_two_apart(desk: Desk) -> None:
    desk.add("Anna", "Keller", phone="+41 44 555 01 23", date_of_birth=date(1980, 5, 1), email="a@example.com")
    [hit] = desk.reads.find("keller")
    assert (hit.name, hit.date_of_birth, hit.phone_ending, hit.email, hit.archived) == (
        "Anna Keller", date(1980, 5, 1), "0123", "a@example.com", False,
    )  # fmt: skip


def test_the_exact_last_name_comes_first_then_last_names_then_first_names(desk: Desk) -> None:
    for first, last in [("Keller", "Ammann"), ("Zoe", "Kellermann"), ("Ben", "Keller"), ("Anna", "Keller")]:
        desk.add(first, last)
    assert desk.names("keller") == ["Anna Keller", "Ben Keller", "Zoe Kellermann", "Keller Ammann"]


def test_archived_clients_are_only_found_when_asked_for(desk: Desk) -> None:
    client = desk.add("Anna", "Keller")
    desk.do(ArchiveClient(client=client, version=1))
    assert desk.names("keller") == []
    assert desk.reads.page("keller").rows == ()
    [row] = desk.reads.page("keller", archived=True).rows
    assert (row.uuid, row.archived, row.version) == (client, True, 2)


@pytest.mark.parametrize("text", ["", "a", "k", "an", "anna kel", "a k", "c1", "41"])
def test_pages_go_on_where_the_last_one_ended(desk: Desk, text: str) -> None:
    fill(desk.engine, 400)
    rows, after, pages = [], None, 0
    while True:
        page = desk.reads.page(text, after)
        rows += page.rows
        pages += 1
        if page.after is None:
            break
        assert len(page.rows) == 60
        after = page.after
    uuids = [row.uuid for row in rows]
    assert len(set(uuids)) == len(uuids)
    assert pages == max(1, -(-len(rows) // 60))
    with desk.engine.connect() as c:
        stored = c.execute(sa.select(t.clients)).all()
    assert set(uuids) == {r.uuid for r in stored if _matches(r, text)}
    if not text:
        place = {r.uuid: (r.last_key, r.first_key, r.id) for r in stored}
        assert [place[u] for u in uuids] == sorted(place.values())


def _matches(row: sa.Row, text: str) -> bool:
    def begins(word: str) -> bool:
        keys = (row.last_key, row.first_key, row.other_key, row.email_key, row.phone_key)
        return any(key.startswith(word) for key in keys)

    return all(begins(word) for word in text.split())


def test_one_statement_each_and_a_second_where_names_do_not_fill_the_page(
    desk: Desk, statements: Counting
) -> None:
    client = desk.add("Anna", "Keller")
    for most, read in (
        (2, lambda: desk.reads.find("anna kel")),
        (1, lambda: desk.reads.find("044 555")),
        (1, lambda: desk.reads.page("")),
        (2, lambda: desk.reads.page("kel")),
        (1, lambda: desk.reads.detail(client)),
        (1, lambda: desk.reads.duplicates("Anna", "Keller", date(1980, 1, 1), "044 555 01 23", "a@example.com")),
    ):
        with statements(desk.engine) as seen:
            read()
        assert len(seen) == most
    fill(desk.engine, 400)
    for text in ("a", "ke"):
        with statements(desk.engine) as seen:
            assert len(desk.reads.find(text)) == 12
        assert len(seen) == 1


@pytest.mark.parametrize("text", ["", "keller", "an", "zzzz", "anna kel", "a k", "044 555", "4711", "c1@"])
def test_no_search_reads_the_whole_table(desk: Desk, text: str) -> None:
    fill(desk.engine, 3000)
    if desk.engine.dialect.name == "mysql":
        with desk.engine.begin() as c:
            c.exec_driver_sql("ANALYZE TABLE clients, users").all()
    for after in (None, (0, "keller", "anna", 5)):
        search = search_of(text)
        assert search is not None
        for query, params in statements(search, after, 61, archived=False):
            scans = _scans(desk.engine, query.params(params))
            assert scans == [], (text, after, scans)


def _scans(engine: Engine, query: sa.Select) -> list[str]:
    """The steps of the plan that read a whole table (not an index range or a page's few hits)."""
    sql = str(query.compile(engine, compile_kwargs={"literal_binds": True}))
    with engine.connect() as c:
        if engine.dialect.name == "sqlite":
            plan = [row[3] for row in c.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
            return [step for step in plan if step.startswith("SCAN") and _whole(step)]
        form = "" if engine.dialect.is_mariadb else "FORMAT=TRADITIONAL"
        rows = c.exec_driver_sql(f"EXPLAIN {form} {sql}").mappings().all()
        return [
            f"{r['table']} {r['type']} {r['key']} {r['rows']}"
            for r in rows
            if r["table"] in ("clients", "users") and (r["type"] == "ALL" or "filesort" in (r["Extra"] or ""))
        ]


def _whole(step: str) -> bool:
    # Reading an index in order is how the list without a search is read, one page and no more.
    name = step.split()[1]
    return name in ("clients", "users") and "USING INDEX ix_clients_last_key_first_key" not in step


def test_likely_duplicates(desk: Desk) -> None:
    born = date(1980, 5, 1)
    same = desk.add("Anna", "Keller", date_of_birth=born, phone="+41 44 555 01 23", email="anna@example.com")
    name = desk.add("anna", "KELLER")
    phone = desk.add("Tom", "Weber", phone="044 555 01 23")
    email = desk.add("Ivo", "Rossi", email="ANNA@example.com")
    birth = desk.add("A.", "Keller", date_of_birth=born)
    turned = desk.add("Keller", "Anna")
    desk.add("Anna", "Kellermann", date_of_birth=born)
    gone = desk.add("Anna", "Keller")
    desk.do(ArchiveClient(client=gone, version=1))
    found = desk.reads.duplicates("Anna", "Keller", born, "0041 44 555 01 23", "anna@EXAMPLE.com")
    assert found[0].uuid == same
    assert {hit.uuid for hit in found} == {same, name, phone, email, birth, turned, gone}
    assert [hit.uuid for hit in found if hit.archived] == [gone]
    assert same not in {hit.uuid for hit in desk.reads.duplicates("Anna", "Keller", born, "", "", same)}
    assert desk.reads.duplicates("", "", None, "", "") == ()
    assert desk.reads.duplicates("Maria", "Nobody", born, "079 000 00 00", "m@example.com") == ()


def test_two_clients_may_share_an_e_mail_and_a_phone(desk: Desk) -> None:
    first = desk.add("Anna", "Keller", email="family@example.com", phone="044 555 01 23")
    second = desk.add("Ben", "Keller", email="family@example.com", phone="044 555 01 23")
    assert {hit.uuid for hit in desk.reads.find("family@")} == {first, second}


def test_reads_make_no_difference_between_threads(file_desk: Desk) -> None:
    from concurrent.futures import ThreadPoolExecutor

    fill(file_desk.engine, 50)
    reads = ClientReads(file_desk.engine)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: reads.find("a"), range(20)))
    assert len(answers[0]) > 3
    assert all(answer == answers[0] for answer in answers)
