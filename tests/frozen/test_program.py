"""The packaged program works where nothing of ours is installed, for a person without rights, from any folder."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.frozen.conftest import Installed
from tests.support.places import ROOT

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def test_every_part_works_in_an_empty_environment(installed: Installed) -> None:
    done = installed.run("selfcheck")
    report = json.loads(done.stdout)
    assert [each for each in report["checks"] if not each["ok"]] == []
    assert (report["ok"], report["packaged"], done.returncode) == (True, True, 0)
    assert list(installed.home.iterdir()) == []


def here(report: dict[str, Any], check: str) -> str:
    """What a check says of this computer."""
    [found] = [each["found"]["here"] for each in report["checks"] if each["name"] == check]
    return str(found)


def test_it_follows_the_computer_and_writes_nothing_into_its_own_folder(
    installed: Installed, bundle: Path
) -> None:
    report = json.loads(installed.run("selfcheck", TZ="Asia/Kathmandu", LC_ALL="de_CH.UTF-8").stdout)
    assert report["ok"] is True
    assert here(report, "times") == "Asia/Kathmandu"
    assert here(report, "translations") == "en_CH: Monday 23.11.2026"

    def listed(folder: Path) -> set[str]:
        return {each.relative_to(folder).as_posix() for each in folder.rglob("*")}

    assert listed(installed.folder) == listed(bundle)


@pytest.mark.long
@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Chatham"])
def test_the_computers_own_time_zone_is_known(installed: Installed, zone: str) -> None:
    assert here(json.loads(installed.run("selfcheck", TZ=zone).stdout), "times") == zone


def test_the_versions_agree(installed: Installed) -> None:
    assert installed.run("--version").stdout == f"Avenrae Desktop {VERSION}\n"
    assert f"Avenrae Desktop {VERSION}" in (installed.folder / "README.txt").read_text()
    metainfo = next((installed.folder / "share" / "metainfo").iterdir()).read_text()
    assert f'<release version="{VERSION}"' in metainfo
    assert installed.folder.name.startswith(f"avenrae-desktop-{VERSION}-linux-")


def test_a_word_of_the_command_line_works(installed: Installed) -> None:
    done = installed.run("server", "certificate", str(installed.home / "made"), "db.example.org")
    assert (done.returncode, done.stderr) == (0, "")
    made = installed.home / "made"
    assert "BEGIN CERTIFICATE" in (made / "ca.pem").read_text()
    assert (made / "server-key.pem").stat().st_mode & 0o077 == 0
    for each in made.iterdir():
        each.unlink()
    made.rmdir()
