"""Lists and search of services."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal

from sqlalchemy import Engine

from avenrae_desktop.areas.services.domain import ArchiveService
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.ids import new_uuid
from tests.services.conftest import Desk
from tests.support.practice import NOW

Counting = Callable[[Engine], AbstractContextManager[list[str]]]


def test_the_list_is_in_the_order_of_the_alphabet(desk: Desk) -> None:
    for name in ("yoga 1:1", "Äther", "Acupuncture", "Zen", "aromatherapy"):
        desk.add(service_name=name)
    names = ["Acupuncture", "aromatherapy", "Äther", "Reiki session", "yoga 1:1", "Zen"]
    assert [row.service_name for row in desk.reads.all()] == names
    assert [row.service_name for row in desk.reads.page().rows] == names


def test_search_finds_the_beginnings_of_words(desk: Desk) -> None:
    desk.add(service_name="Talk-therapy (100%)")
    for text in ("talk", "THÉRAPY", "ther talk", "(100%", "talk-th"):
        assert [row.service_name for row in desk.reads.page(text).rows] == ["Talk-therapy (100%)"], text
    for text in ("alk", "%", "_", "talk reiki"):
        assert desk.reads.page(text).rows == (), text


def test_archived_services_have_a_list_of_their_own(desk: Desk) -> None:
    service = desk.add()
    desk.do(ArchiveService(service=service, version=1))
    assert [row.service_name for row in desk.reads.page().rows] == ["Reiki session"]
    assert [(row.uuid, row.archived) for row in desk.reads.page(archived=True).rows] == [(service, True)]


def test_pages_hold_sixty(desk: Desk, statements: Counting) -> None:
    with desk.engine.begin() as c:
        c.execute(
            t.services.insert(),
            [
                {
                    "uuid": new_uuid(),
                    "healer_id": 1,
                    "service_name": f"Series {i % 70}",
                    "duration_minutes": 60,
                    "price": Decimal(1),
                    "service_category": "yoga",
                    "created_at": NOW,
                }
                for i in range(130)
            ],
        )
    first = desk.reads.page("series")
    second = desk.reads.page("series", first.after)
    with statements(desk.engine) as seen:
        third = desk.reads.page("series", second.after)
    assert len(seen) <= 3
    assert [len(p.rows) for p in (first, second, third)] == [60, 60, 10]
    assert third.after is None
    assert len({row.uuid for p in (first, second, third) for row in p.rows}) == 130


def test_the_list_takes_two_statements(desk: Desk, statements: Counting) -> None:
    for i in range(5):
        desk.add(service_name=f"S{i}", healers=tuple(desk.healers))
    with statements(desk.engine) as seen:
        rows = desk.reads.all()
    assert len(rows) == 6
    assert len(seen) == 2
