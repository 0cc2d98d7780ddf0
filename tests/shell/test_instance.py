"""One window for each person and data folder; further starts bring it to the front."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from avenrae_desktop.bootstrap import App, Practices
from avenrae_desktop.bootstrap.places import ALREADY_OPEN, Place
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.settings.paths import Paths
from avenrae_desktop.shell.instance import SingleInstance
from avenrae_desktop.shell.no_answer import no_answer_notice
from tests.shell.hands import Hands
from tests.shell.test_life import Computer, computer
from tests.shell.test_way_in import PASSWORD, lindenhof
from tests.support.qt import InLoop

__all__ = ["computer"]


def test_each_data_folder_has_a_window_of_its_own(qapp: QApplication, tmp_path: Path) -> None:
    one, two, again = (SingleInstance(tmp_path / name) for name in ("one", "two", "one"))
    assert one.claim()
    assert two.claim()
    assert not again.claim()
    one.release()
    assert again.claim()
    for each in (two, again):
        each.release()


def test_a_lock_that_a_killed_program_left_is_taken_over(qapp: QApplication, tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path;"
        "from avenrae_desktop.shell.instance import SingleInstance;"
        "i = SingleInstance(Path(sys.argv[1])); assert i.claim(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "window.lock").exists()
    next_one = SingleInstance(tmp_path)
    assert next_one.claim()
    next_one.release()


def test_several_practices_share_the_window_and_none_is_opened_twice(paths: Paths, tmp_path: Path) -> None:
    for name in ("Lindenhof", "Seeblick"):
        lindenhof(paths, name)
    practices = Practices(paths)
    first, second = (place for place in practices.known() if isinstance(place, Place))
    app = practices.open(first, "mira", PASSWORD)
    # Another home on the same computer knows the folder too.
    elsewhere = Practices(Paths(tmp_path / "data", tmp_path / "config", tmp_path / "logs"))
    with pytest.raises(Unavailable) as told:
        elsewhere.open(first, "mira", PASSWORD)
    assert told.value.problem is ALREADY_OPEN
    elsewhere.open(second, "mira", PASSWORD).close()
    app.close()
    elsewhere.open(first, "mira", PASSWORD).close()


def test_a_window_that_is_put_away_comes_back_with_its_form(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        window = hands.program.window
        hands.work.new_booking()
        form = await hands.dialog()
        window.showMinimized()
        window.come_forward()
        await hands.until(lambda: not window.isMinimized() and form.isActiveWindow())
        form.reject()
        await hands.until(lambda: not form.isVisible())
        keeper = hands.program.keeper
        assert keeper is not None
        keeper.lock()
        window.showMinimized()
        window.come_forward()
        assert not window.windowState() & Qt.WindowState.WindowMinimized
        assert keeper.state.locked

    in_loop(run())


def test_a_first_one_that_does_not_answer_is_told_on_the_screen(computer: Computer) -> None:
    first = computer.start("what_is_offered")
    lock = computer.paths.data / "window.lock"
    while not lock.exists() and first.poll() is None:
        os.sched_yield()
    first.send_signal(signal.SIGSTOP)
    second = subprocess.Popen(
        [sys.executable, "-m", "avenrae_desktop"], env=computer.env, stderr=subprocess.PIPE, text=True
    )
    assert second.stderr is not None
    assert "does not answer" in second.stderr.readline()
    assert second.poll() is None, "it waits until that is read"
    second.terminate()
    second.wait(30)
    second.stderr.close()
    first.send_signal(signal.SIGCONT)


def test_what_a_person_reads_then(qapp: QApplication) -> None:
    notice = no_answer_notice()
    assert notice.windowTitle() == "Avenrae Desktop is open already"
    assert "what was saved stays saved" in notice.accessibleDescription()
    notice.deleteLater()
