"""What keeps the window from opening is told in words, with what to do; nothing aborts."""

import ctypes
import errno
import sys
import time
from pathlib import Path

import pytest

from avenrae_desktop.shell.unfit import diagnosis, libraries
from tests.world.computer import SOURCE, Computer

NOWHERE = ":7777"


def test_no_screen_at_all(computer: Computer) -> None:
    done = computer.start()
    assert done.returncode == 1
    assert "There is no screen." in done.stderr
    assert "Start the program in a desktop session" in done.stderr
    assert "ERROR MainThread start.no_screen" in computer.log
    assert "could not connect to display" in computer.log, "what Qt said helps who looks after the computer"


def test_a_screen_that_does_not_answer(computer: Computer) -> None:
    computer.env["DISPLAY"] = NOWHERE
    done = computer.start()
    assert done.returncode == 1
    assert f"The screen “{NOWHERE}” is not there" in done.stderr
    assert "without sudo" in done.stderr


def test_a_platform_that_qt_does_not_have(computer: Computer) -> None:
    computer.env["QT_QPA_PLATFORM"] = "crystal"
    done = computer.start()
    assert done.returncode == 1
    assert "QT_QPA_PLATFORM asks for “crystal”" in done.stderr


def test_libraries_that_qt_looks_for_late_are_named_with_their_packages(computer: Computer) -> None:
    """Qt would abort on these when its application is made. The packaged program brings them along."""
    computer.env["DISPLAY"] = NOWHERE
    computer.without_libraries("libxcb-cursor.so.0", "libxcb-icccm.so.4")
    done = computer.start(*SOURCE)
    assert done.returncode == 1
    assert "A window needs libxcb-cursor.so.0, libxcb-icccm.so.4, which cannot be loaded" in done.stderr
    assert "sudo apt-get install libxcb-cursor0 libxcb-icccm4\n" in done.stderr
    assert "sudo dnf install xcb-util-cursor xcb-util-wm\n" in done.stderr
    assert "start.libraries_missing" in computer.log


def test_a_library_that_python_looks_for_early_is_named_and_shown_on_the_screen(computer: Computer) -> None:
    """PySide6 cannot be imported without it; there is no terminal, so a box of the desktop says so."""
    computer.env["DISPLAY"] = NOWHERE
    computer.without_libraries("libEGL.so.1")
    shown = computer.with_tool("zenity")
    done = computer.start()
    assert done.returncode == 1
    assert "sudo apt-get install libegl1\n" in done.stderr
    until = time.monotonic() + 20
    while not shown.exists() and time.monotonic() < until:
        time.sleep(0.02)
    words = shown.read_text(encoding="utf-8")
    assert words.startswith("--error\n")
    assert "A window needs libEGL.so.1, which cannot be loaded on this computer." in words


def test_a_part_of_the_program_that_is_missing(computer: Computer) -> None:
    script = (
        "import sys; sys.modules['PySide6.QtSvg'] = None;"
        "from avenrae_desktop.__main__ import main; sys.exit(main([]))"
    )
    computer.env["QT_QPA_PLATFORM"] = "offscreen"
    done = computer.start(sys.executable, "-c", script)
    assert done.returncode == 1
    assert "“PySide6.QtSvg” of" in done.stderr
    assert "Unpack the download again" in done.stderr
    assert "avenrae selfcheck" in done.stderr


def test_a_fault_of_ours_at_the_start_is_told_and_written_down_without_its_values(computer: Computer) -> None:
    script = (
        "import sys; from avenrae_desktop.shell import run\n"
        "def fails(*_): raise KeyError('Priya Nair')\n"
        "run.show_first_picture = fails\n"
        "from avenrae_desktop.__main__ import main; sys.exit(main([]))"
    )
    computer.env["QT_QPA_PLATFORM"] = "offscreen"
    done = computer.start(sys.executable, "-c", script)
    assert done.returncode == 1
    assert "The program has to end." in done.stderr
    assert "in run_gui" in computer.log
    assert "Priya" not in computer.log + done.stderr


def test_a_file_of_the_program_that_is_missing() -> None:
    lost = diagnosis.program_folder() / "resources" / "lost.svg"
    told = diagnosis.of_loading(FileNotFoundError(errno.ENOENT, "No such file", str(lost)))
    assert told is not None
    assert (told.problem, told.params["part"]) == (diagnosis.PARTS_DAMAGED, str(Path("resources", "lost.svg")))


def test_a_file_that_is_not_the_programs_is_somebody_elses_matter(tmp_path: Path) -> None:
    assert diagnosis.of_loading(FileNotFoundError(errno.ENOENT, "No such file", str(tmp_path / "x"))) is None


def test_selfcheck_without_qts_own_platforms(computer: Computer) -> None:
    """It ends with words as well, and not by an abort."""
    computer.env["QT_QPA_PLATFORM_PLUGIN_PATH"] = str(computer.home)
    computer.env["QT_PLUGIN_PATH"] = str(computer.home)
    script = (
        "import os, sys; os.environ['QT_QPA_PLATFORM'] = 'offscreen';"
        "from PySide6.QtCore import QCoreApplication, QLibraryInfo;"
        "QCoreApplication.setLibraryPaths([]);"
        "from avenrae_desktop.selfcheck.screen import application; application()"
    )
    done = computer.start(sys.executable, "-c", script)
    assert done.returncode == 1
    assert "PySide6/Qt/plugins/platforms" in done.stderr
    assert "Unpack the download again" in done.stderr


def test_a_system_that_is_too_old() -> None:
    text = "/lib/libc.so.6: version `GLIBC_2.38' not found (required by /opt/avenrae/libQt6Core.so.6)"
    told = diagnosis.of_loading(ImportError(text))
    assert told is not None
    assert (told.problem, told.params["wanted"]) == (diagnosis.SYSTEM_TOO_OLD, "GLIBC_2.38")


@pytest.mark.parametrize("packaged", [False, True])
def test_what_others_need_is_named_once(monkeypatch: pytest.MonkeyPatch, *, packaged: bool) -> None:
    """Without libxcb nearly nothing of X11 can be loaded; one package mends it."""

    def load(file: str) -> None:
        if not file.startswith(("libxcb", "libX11")):
            return
        told = OSError("libxcb.so.1: cannot open shared object file: No such file or directory")
        if packaged:
            raise OSError(f"Failed to load dynlib/dll '{file}'.") from told
        raise told

    monkeypatch.setattr(ctypes, "CDLL", load)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    found = libraries.missing_libraries()
    assert [(each.file, each.debian, each.fedora) for each in found] == [("libxcb.so.1", "libxcb1", "libxcb")]


def test_a_wayland_desktop_needs_nothing_of_x11(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ctypes, "CDLL", asked.append)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert libraries.missing_libraries() == ()
    assert "libwayland-client.so.0" in asked
    assert "libxcb-cursor.so.0" not in asked


def test_every_library_of_this_system_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that no system has would send people to install them for ever."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert libraries.missing_libraries() == ()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert libraries.missing_libraries() == ()
