"""The desktop file, the AppStream data, and the script that puts the program into the menu."""

import configparser
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ID = "com.avenrae.Desktop"


def add(folder: Path, home: Path, *words: str) -> None:
    env = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    subprocess.run([folder / "add-to-menu", *words], env=env, check=True, capture_output=True)


def command_in(entry: Path) -> str:
    """What a desktop would run, by the rules of desktop entries."""
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(entry)
    value = parser["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    assert (value[0], value[-1]) == ('"', '"')
    return re.sub(r'\\(["`$\\])', r"\1", value[1:-1]).replace("%%", "%")


@pytest.mark.parametrize("name", ["plain", "Praxis Zürich", 'of "Ann" & co', "100% $HOME `x`", "back\\slash"])
def test_the_menu_entry_starts_the_program_wherever_it_lies(bundle: Path, tmp_path: Path, name: str) -> None:
    folder, home = tmp_path / name, tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    shutil.copy2(bundle / "add-to-menu", folder)
    shutil.copytree(bundle / "share", folder / "share")
    add(folder, home)
    entry = home / ".local" / "share" / "applications" / f"{ID}.desktop"
    assert command_in(entry) == str(folder / "avenrae")
    assert (home / ".local/share/icons/hicolor/scalable/apps" / f"{ID}.svg").is_file()
    add(folder, home, "--remove")
    assert [each for each in home.rglob("*") if each.is_file()] == []


def test_software_centres_find_what_they_need(bundle: Path) -> None:
    share = bundle / "share"
    data = ET.parse(share / "metainfo" / f"{ID}.metainfo.xml").getroot()
    assert data.get("type") == "desktop-application"
    assert data.findtext("id") == ID
    launched = data.findtext("launchable")
    assert launched is not None
    assert (share / "applications" / launched).is_file()
    release = data.find("releases/release")
    assert release is not None
    date.fromisoformat(release.attrib["date"])
    for size in ("48x48", "128x128", "256x256"):
        icon = share / "icons" / "hicolor" / size / "apps" / f"{ID}.png"
        assert icon.read_bytes().startswith(b"\x89PNG")
