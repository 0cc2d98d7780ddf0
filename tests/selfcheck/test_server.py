"""selfcheck against a server of the asker's own: MySQL and MariaDB, as the tests run them."""

import argparse
import json
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from avenrae_desktop.db.server.address import ServerAddress
from avenrae_desktop.db.server.enrolment import Enrolment, write_enrolment
from avenrae_desktop.selfcheck import run
from tests.server_link.conftest import PASSWORD, Server, kind, there

__all__ = ["kind", "there"]


@pytest.fixture
def practice(there: Server) -> Iterator[Server]:
    """With a database whose name fits into an enrolment file."""
    name = f"s_{secrets.token_hex(4)}"
    there.run(f"CREATE DATABASE {name}")
    yield replace(there, address=replace(there.address, database=name))
    there.run(f"DROP DATABASE {name}")


def report(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    address: ServerAddress,
    user: str | None,
    password: str,
) -> tuple[int, dict]:
    """The exit code and what was found about the server."""
    enrolment, secret = folder / "practice.avenrae", folder / "password"
    write_enrolment(enrolment, Enrolment("Lindenhof", address))
    secret.write_text(f"{password}\n", encoding="utf-8")
    checks = run._checks
    monkeypatch.setattr(run, "_checks", lambda asked: {"server": checks(asked)["server"]})
    code = run.run_selfcheck(argparse.Namespace(enrolment=enrolment, user=user, password_file=secret))
    told = capsys.readouterr().out
    assert password not in told
    [found] = json.loads(told)["checks"]
    return code, found


def test_a_server_is_reached_verified_and_asked(
    practice: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with practice.account() as name:
        code, found = report(capsys, monkeypatch, tmp_path, practice.address, name, PASSWORD)
    assert (code, found["ok"]) == (0, True)
    assert found["found"]["cipher"].startswith(("TLS_", "ECDHE"))
    assert found["found"]["host"] == str(practice.address.hosts[0])
    assert ("MariaDB" in found["found"]["version"]) is practice.mariadb


def test_a_wrong_password_is_told(
    practice: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with practice.account() as name:
        code, found = report(capsys, monkeypatch, tmp_path, practice.address, name, "not the password")
    assert (code, found["ok"]) == (1, False)
    assert "server.wrong_password" in found["error"]


def test_a_missing_name_is_told(
    practice: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, found = report(capsys, monkeypatch, tmp_path, practice.address, None, PASSWORD)
    assert (code, found["ok"]) == (1, False)
    assert "--user is missing" in found["error"]
