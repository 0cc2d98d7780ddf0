"""`avenrae selfcheck` from outside, on the program as it lies in the source tree."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from avenrae_desktop.selfcheck import run
from avenrae_desktop.selfcheck.finding import NotAsItShouldBeError, expect

AVENRAE = Path(sys.executable).with_name("avenrae")
CHECKS = "modules times passwords schema file pictures translations window papers tls".split()


def test_every_check_passes_in_an_empty_environment(tmp_path: Path) -> None:
    done = subprocess.run(
        [AVENRAE, "selfcheck"],
        env={"HOME": str(tmp_path), "PATH": "/nonexistent"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    report = json.loads(done.stdout)
    assert [each["name"] for each in report["checks"]] == CHECKS
    assert [each for each in report["checks"] if not each["ok"]] == []
    assert report["ok"] is True
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []  # it leaves nothing behind


def test_a_check_that_fails_hides_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_folder: Path) -> run.Found:
        expect(holds=False, otherwise="the font lacks Ž")
        return {}

    monkeypatch.setattr(run, "_checks", lambda _asked: {"broken": broken, "sound": lambda _folder: {"zones": 3}})
    assert run.run_selfcheck(None) == 1  # type: ignore[arg-type]
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    first, second = report["checks"]
    assert first["ok"] is False
    assert NotAsItShouldBeError.__name__ in first["error"]
    assert "the font lacks Ž" in first["error"]
    assert second == {"name": "sound", "ok": True, "seconds": second["seconds"], "found": {"zones": 3}}
