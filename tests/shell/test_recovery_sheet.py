"""The recovery key as a file: chosen in the dialog, written by the page, read back."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from avenrae_desktop.selfcheck.pdf_text import text_in
from avenrae_desktop.shell.entry.recovery_key import RecoveryKeyPage
from avenrae_desktop.shell.program import Program
from tests.shell.hands import Hands
from tests.support.qt import InLoop

KEY = "ABCDEF-GHJKMN-PQRSTV-WXYZ01-234567-89ABCD"


def save(program: Program, hands: Hands, in_loop: InLoop, kind: str, file: Path) -> RecoveryKeyPage:
    """Choose a kind and a name in the dialog, as a person would."""
    pages = []

    async def run() -> None:
        program.begin()
        program.window.show()
        page = RecoveryKeyPage("Lindenhof #1 <b>", KEY, program._runner)
        pages.append(page)
        program.entrance.show_page(page)
        page.save.click()
        await hands.until(lambda: page.findChildren(QFileDialog))
        [dialog] = page.findChildren(QFileDialog)
        dialog.setDirectory(str(file.parent))
        chosen = next(each for each in dialog.nameFilters() if kind in each)
        dialog.selectNameFilter(chosen)
        dialog.filterSelected.emit(chosen)
        dialog.findChild(QLineEdit, "fileNameEdit").setText(file.name)
        dialog.accept()
        await hands.until(lambda: page.done.text() or page.error_text())

    in_loop(run())
    return pages[0]


@pytest.mark.parametrize("name", ["key", "key.pdf", "Schlüssel.PDF"])
def test_the_key_is_saved_as_a_sheet_that_can_be_read(
    program: Program, hands: Hands, in_loop: InLoop, tmp_path: Path, name: str
) -> None:
    save(program, hands, in_loop, "pdf", tmp_path / name)
    [file] = tmp_path.glob("*.[pP][dD][fF]")
    read = text_in(file.read_bytes()).replace(" ", "")
    assert KEY.replace("-", "") in read
    assert "Lindenhof#1<b>" in read
    assert file.stat().st_mode & 0o077 == 0


def test_the_key_is_saved_as_text_where_that_is_chosen(
    program: Program, hands: Hands, in_loop: InLoop, tmp_path: Path
) -> None:
    save(program, hands, in_loop, "txt", tmp_path / "key")
    assert KEY in (tmp_path / "key.txt").read_text()
