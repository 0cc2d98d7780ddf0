"""One version: the command line, the change log, the download and every system's own data tell the same."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

from avenrae_desktop import __version__
from tests.support.places import ROOT

STATED = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def loaded(path: Path) -> ModuleType:
    """A module of the recipe, which is no package."""
    spec = importlib.util.spec_from_file_location(f"recipe_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_program_says_its_version() -> None:
    assert __version__ == STATED
    done = subprocess.run(
        [Path(sys.executable).with_name("avenrae"), "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"Avenrae Desktop {STATED}\n"


def test_the_change_log_and_the_lock_know_it() -> None:
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text().splitlines() if line.startswith("## ")]
    assert headings[0].split()[1] == STATED
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    assert [each["version"] for each in lock["package"] if each["name"] == "avenrae-desktop"] == [STATED]


def test_people_are_told_to_download_it() -> None:
    page = (ROOT / "docs" / "install.md").read_text()
    assert re.findall(r"avenrae-desktop-(\d[\d.]*\d)-linux", page) == [STATED]


def test_software_centres_get_it_when_it_is_packed() -> None:
    data = ET.parse(ROOT / "packing" / "linux" / "com.avenrae.Desktop.metainfo.xml").getroot()
    assert [each.attrib for each in data.findall("releases/release")] == [
        {"version": "@VERSION@", "date": "@DATE@"}
    ]
    assert "@VERSION@" in (ROOT / "packing" / "linux" / "README.txt").read_text()


def test_windows_and_macos_get_it_from_the_same_place() -> None:
    windows = loaded(ROOT / "packing" / "windows.py")
    assert windows.numbers("1.20.3") == (1, 20, 3, 0)
    assert windows.words(STATED)["FileVersion"] == windows.words(STATED)["ProductVersion"] == STATED
    recipe = (ROOT / "build.spec").read_text()
    assert '"version": version_info(VERSION)' in recipe
    assert '"CFBundleShortVersionString": VERSION' in recipe
    assert re.findall(r"\d+\.\d+\.\d+", recipe) == []
