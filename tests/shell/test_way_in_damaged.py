"""A program of which a part is missing, and faults of our own: the way in stays usable."""

import logging
from pathlib import Path
from typing import NoReturn

import pytest

from avenrae_desktop.shell.entry.entrance import nearest
from avenrae_desktop.shell.entry.fault import FaultPage
from avenrae_desktop.shell.entry.welcome import WelcomePage
from avenrae_desktop.shell.program import Program
from tests.shell.hands import Hands
from tests.shell.test_way_in import show
from tests.support.qt import InLoop


def test_a_missing_part_is_told_with_what_to_do(
    program: Program,
    hands: Hands,
    in_loop: InLoop,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def open_demo(*_: object) -> NoReturn:
        raise ModuleNotFoundError("No module named 'sqlcipher3._sqlite3'", name="sqlcipher3._sqlite3")

    monkeypatch.setattr(program.entrance._practices, "open_demo", open_demo)

    async def run() -> None:
        show(program)
        hands.page(WelcomePage).demo_card.click()
        await hands.until(lambda: isinstance(program.entrance.page, FaultPage))
        page = hands.page(FaultPage)
        assert "Parts of the program are missing or damaged" in page.words
        assert "sqlcipher3._sqlite3" in page.words
        assert "Unpack the download again" in page.words
        page.retry.click()
        hands.page(WelcomePage)

    with caplog.at_level(logging.CRITICAL, "avenrae"):
        in_loop(run())


def test_after_a_fault_of_ours_the_page_takes_input_again(
    program: Program,
    hands: Hands,
    in_loop: InLoop,
    monkeypatch: pytest.MonkeyPatch,
    failed: list[Exception],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def open_demo(*_: object) -> NoReturn:
        raise KeyError("ours")

    monkeypatch.setattr(program.entrance._practices, "open_demo", open_demo)

    async def run() -> None:
        show(program)
        page = hands.page(WelcomePage)
        page.demo_card.click()
        await hands.until(lambda: failed)
        await hands.rest()
        assert not page.is_busy
        assert program.reporter.crash is not None

    with caplog.at_level(logging.CRITICAL, "avenrae"):
        in_loop(run())
    assert isinstance(failed[0], KeyError)


def test_of_a_folder_that_is_gone_the_nearest_one_is_shown(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert nearest(tmp_path) == tmp_path
    assert nearest(tmp_path / "stick" / "lindenhof") == tmp_path
    assert nearest(tmp_path / "file" / "lindenhof") == tmp_path
