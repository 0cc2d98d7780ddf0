"""The settings of this computer survive whatever is in their file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.settings.machine import OPTIONS, PRACTICES, THEME, ZOOM, MachineSettings, Remembered
from avenrae_desktop.settings.paths import paths_under, user_paths


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def test_without_a_file_everything_has_its_default(file: Path) -> None:
    settings = MachineSettings(file)
    assert [settings.get(option) for option in OPTIONS] == [option.default for option in OPTIONS]
    assert not file.exists()


def test_what_is_set_is_there_after_a_restart(file: Path) -> None:
    opened = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    remembered = Remembered(Path("/somewhere/Praxis Zürich"), 'Praxis "Zürich" 🌿', opened)
    settings = MachineSettings(file)
    settings.set(THEME, "dark")
    settings.set(ZOOM, 1.25)
    settings.set(PRACTICES, (remembered,))
    again = MachineSettings(file)
    assert (again.get(THEME), again.get(ZOOM), again.get(PRACTICES)) == ("dark", 1.25, (remembered,))
    assert file.stat().st_mode & 0o777 == 0o600


def test_two_programs_do_not_undo_each_other(file: Path) -> None:
    first, second = MachineSettings(file), MachineSettings(file)
    first.set(THEME, "dark")
    second.set(ZOOM, 1.5)
    assert MachineSettings(file).get(THEME) == "dark"


@pytest.mark.parametrize(
    "text",
    [
        'theme = "pink"\nzoom = 99',
        "theme = 3\nzoom = 'x'\npractices = 7",
        "practices = [{folder = 'x'}]\nzoom = 0.1",
    ],
)
def test_values_that_do_not_fit_count_as_the_default(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    settings = MachineSettings(file)
    assert (settings.get(THEME), settings.get(ZOOM), settings.get(PRACTICES)) == ("system", 0.0, ())


def test_unknown_values_are_kept(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('from_a_newer_version = "x"\n')
    MachineSettings(file).set(THEME, "light")
    assert 'from_a_newer_version = "x"' in file.read_text()


@pytest.mark.parametrize("damaged", [b"theme = ", b"\xff\xfe\x00", b"[[["])
def test_a_damaged_file_is_put_aside(file: Path, damaged: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(damaged)
    settings = MachineSettings(file)
    assert settings.get(THEME) == "system"
    assert file.with_name("settings.toml.damaged").read_bytes() == damaged
    settings.set(THEME, "dark")
    assert MachineSettings(file).get(THEME) == "dark"


def test_a_value_out_of_range_is_a_bug(file: Path) -> None:
    with pytest.raises(ValueError, match="9"):
        MachineSettings(file).set(ZOOM, 9.0)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    with pytest.raises(Unavailable) as raised:
        MachineSettings(tmp_path / "config" / "settings.toml").set(THEME, "dark")
    assert raised.value.code == "machine.not_saved"


def test_paths_follow_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert user_paths().practices == tmp_path / "Avenrae Desktop" / "practices"
    assert paths_under(tmp_path).machine_settings == tmp_path / "config" / "settings.toml"
