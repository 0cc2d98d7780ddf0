"""Homes, languages and fonts as they should not be: the first page comes, and tells what cannot work."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.bootstrap import Practices
from avenrae_desktop.bootstrap.places import NO_PLACE
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.settings.paths import paths_under
from tests.world.computer import Computer

# Starts the program as a person does; tells what its first page says, makes the demo practice, and ends.
SCRIPT = """
import json, os
from avenrae_desktop.__main__ import main
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.widgets import PlainLabel
from avenrae_desktop.shell import program
begin = program.Program.begin
def begin_and_tell(self):
    begin(self)
    page, told = self.entrance.page, {}
    told["page"] = type(page).__name__
    told["words"] = " ".join(label.text() for label in page.findChildren(PlainLabel))
    if "WITH_DEMO" in os.environ:
        try:
            app = self._practices.open_demo()
            told["folder"], told["clients"] = str(app.place.folder), len(app.clients.page("").rows)
            app.close()
        except AppError as error:
            told["refused"], told["folder"] = error.code, error.params["folder"]
    print(json.dumps(told), flush=True)
    os._exit(0)
program.Program.begin = begin_and_tell
main([])
"""


def first_page(computer: Computer, *, demo: bool = False) -> dict[str, Any]:
    if demo:
        computer.env["WITH_DEMO"] = "1"
    computer.env.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = computer.start(sys.executable, "-c", SCRIPT)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_home_that_is_not_there(computer: Computer) -> None:
    computer.env["HOME"] = "/proc/nowhere"
    told = first_page(computer, demo=True)
    assert (told["page"], told["refused"]) == ("WelcomePage", "places.no_place")
    assert told["folder"].startswith("/proc/nowhere/")


def test_a_computer_that_speaks_no_language_and_a_home_with_an_umlaut(
    computer: Computer, tmp_path: Path, demo_home: Path
) -> None:
    home = tmp_path / "Zuhause für Mütter"
    shutil.copytree(paths_under(demo_home).demo, home / ".local/share/Avenrae Desktop/demo")
    computer.env |= {"HOME": str(home), "LC_ALL": "C", "LANG": "C"}
    told = first_page(computer, demo=True)
    assert told["folder"] == str(home / ".local/share/Avenrae Desktop/demo")
    assert told["clients"] > 0


def test_a_system_without_fonts_and_without_a_graphics_card(computer: Computer) -> None:
    fonts = computer.home / "fonts.conf"
    fonts.write_text(f"<fontconfig><cachedir>{computer.home}</cachedir></fontconfig>")
    computer.env |= {"FONTCONFIG_FILE": str(fonts), "LIBGL_ALWAYS_SOFTWARE": "1", "LIBGL_DRIVERS_PATH": "/nowhere"}
    told = first_page(computer)
    assert told["page"] == "WelcomePage"
    assert "This computer has no fonts of its own." in told["words"]


def test_fonts_that_are_there_are_not_missed(computer: Computer) -> None:
    shipped = Path(__file__).parents[2] / "resources" / "fonts"
    fonts = computer.home / "fonts.conf"
    # Another name for the only fonts that are surely here.
    rename = (
        '<match target="scan"><test name="family" compare="contains"><string>Inter</string></test>'
        '<edit name="family" mode="assign"><string>Somebody</string></edit></match>'
    )
    fonts.write_text(f"<fontconfig><dir>{shipped}</dir><cachedir>{computer.home}</cachedir>{rename}</fontconfig>")
    computer.env["FONTCONFIG_FILE"] = str(fonts)
    assert "no fonts of its own" not in first_page(computer)["words"]


def found_a_practice(practices: Practices) -> None:
    practices.create(
        CreatePractice(
            practice_name="Lindenhof", time_zone="Europe/Zurich", currency="CHF", person=new_uuid(),
            first_name="Mira", last_name="Voss", sign_in_name="mira", is_healer=False, healer_type=None,
            password="four calm words here",
        )
    )  # fmt: skip


def test_no_place_for_a_practice_names_the_folder_and_leaves_nothing(tmp_path: Path) -> None:
    """A file stands where the folder should be: root may write everywhere else."""
    (tmp_path / "data").write_text("")
    with pytest.raises(Unavailable) as told:
        found_a_practice(Practices(paths_under(tmp_path)))
    assert told.value.problem is NO_PLACE
    assert told.value.params == {"folder": str(tmp_path / "data" / "practices")}
    assert [each.name for each in tmp_path.iterdir()] == ["data"]


def test_a_computer_on_which_nothing_at_all_can_be_written(computer: Computer) -> None:
    """A disk that is full to the last block takes neither images nor a log, nor what is said on the side."""
    resource_limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
    fails = "import sys; sys.stderr = open('/dev/full', 'w', buffering=1)\n"
    computer.env |= {"QT_QPA_PLATFORM": "offscreen", "HOME": "/proc/nowhere", "TMPDIR": "/proc/nowhere"}
    done = computer.start(sys.executable, "-c", resource_limit + fails + SCRIPT)
    assert done.returncode == 0
    assert json.loads(done.stdout)["page"] == "WelcomePage"
