"""The words that need no practice: options, certificates, enrolment files, and how refusals look."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from avenrae_desktop.db.server.address import Host, Trust
from avenrae_desktop.db.server.enrolment import read_enrolment
from tests.server_setup.typist import Typist, environment, runs, says


def test_without_a_word_the_options_are_shown(tmp_path: Path) -> None:
    done = runs(tmp_path, "server")
    assert done.returncode == 2
    assert "usage: avenrae server" in done.stderr


def test_a_certificate_carries_the_names_and_is_not_replaced(tmp_path: Path) -> None:
    done = says(tmp_path, "server", "certificate", "tls", "praxis.example.org", "192.168.1.10")
    assert done.returncode == 0, done.stderr
    assert f"ssl_key={tmp_path / 'tls' / 'server-key.pem'}" in done.stdout
    assert "PRIVATE KEY" in (tmp_path / "tls" / "server-key.pem").read_text()
    assert (tmp_path / "tls" / "server-key.pem").stat().st_mode & 0o077 == 0
    before = (tmp_path / "tls" / "ca.pem").read_bytes()
    again = says(tmp_path, "server", "certificate", "tls", "praxis.example.org")
    assert again.returncode == 1
    assert again.stderr.splitlines()[0] == "There is a certificate already"
    assert (tmp_path / "tls" / "ca.pem").read_bytes() == before


def test_what_is_no_name_gets_no_certificate(tmp_path: Path) -> None:
    done = says(tmp_path, "server", "certificate", "tls", "not a name")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "This is not the name of a server")
    assert not (tmp_path / "tls").exists()


ENROLMENT = ("server", "enrolment", "--practice-name", "Praxis", "--database", "praxis", "--host", "db1, db2:3307")


def test_an_enrolment_file_for_a_new_address(tmp_path: Path) -> None:
    says(tmp_path, "server", "certificate", "tls", "db1", "db2")
    done = says(tmp_path, *ENROLMENT, "--ca", "tls/ca.pem", "new.avenrae")
    assert done.returncode == 0, done.stderr
    found = read_enrolment(tmp_path / "new.avenrae")
    assert found.practice_name == "Praxis"
    assert found.address.hosts == (Host("db1"), Host("db2", 3307))
    assert found.address.trust is Trust.NAMES
    assert found.address.pem == (tmp_path / "tls" / "ca.pem").read_text()


def test_a_file_is_replaced_only_when_it_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "old.avenrae").write_text("mine")
    refused = says(tmp_path, *ENROLMENT, "--public-ca", "old.avenrae")
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (1, "The file is there already")
    assert (tmp_path / "old.avenrae").read_text() == "mine"
    with Typist(tmp_path, *ENROLMENT, "--public-ca", "old.avenrae") as person:
        person.answers(("Replace it?", "no"))
        assert person.ends() == 1
    assert (tmp_path / "old.avenrae").read_text() == "mine"
    with Typist(tmp_path, *ENROLMENT, "--public-ca", "old.avenrae") as person:
        person.answers(("Replace it?", "yes"))
        assert person.ends() == 0
    assert json.loads((tmp_path / "old.avenrae").read_text())["hosts"] == "db1, db2:3307"
    assert says(tmp_path, *ENROLMENT, "--public-ca", "old.avenrae", "--overwrite").returncode == 0


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = says(tmp_path, *ENROLMENT, "--public-ca", "file/new.avenrae")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "The enrolment file was not saved")


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (None, "The enrolment file cannot be read"),
        ("{", "This is not an enrolment file"),
        ('{"format": 2}', "This enrolment file needs a newer program"),
        ('{"format": 1, "hosts": 3}', "This is not an enrolment file"),
    ],
)
def test_an_enrolment_file_that_is_none(tmp_path: Path, content: str | None, title: str) -> None:
    if content is not None:
        (tmp_path / "x.avenrae").write_text(content)
    done = says(tmp_path, "server", "add-person", "--enrolment", "x.avenrae")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == title
    assert len(done.stderr.splitlines()) >= 3


def test_a_question_that_nobody_answers_is_named(tmp_path: Path) -> None:
    done = says(tmp_path, "server", "enrolment", "new.avenrae")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "An answer is missing"
    assert "Server, as desks will call it" in done.stderr


def test_a_wrong_answer_may_be_typed_again(tmp_path: Path) -> None:
    with Typist(tmp_path, "server", "enrolment", "new.avenrae", "--public-ca") as person:
        person.answers(("Server, as desks", "not a server"))
        person.sees("This is not the name of a server")
        person.answers(
            ("Server, as desks", "db1"), ("Database [avenrae_db]", ""), ("Name of the practice", "Praxis")
        )
        assert person.ends() == 0
    assert read_enrolment(tmp_path / "new.avenrae").address.database == "avenrae_db"


def test_ctrl_c_ends_without_a_traceback(tmp_path: Path) -> None:
    with Typist(tmp_path, "server", "check", "--host", "localhost") as person:
        person.sees("Administrator's MySQL account")
        person.presses_ctrl_c()
        assert person.ends() == 130
        assert "Stopped." in person.screen
        assert "Traceback" not in person.screen
    with Typist(tmp_path, "server", "check", "--host", "localhost", "--user", "root") as person:
        person.sees("Password of root")
        person.presses_ctrl_c()
        assert person.ends() == 130
        assert "Traceback" not in person.screen


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_password_file_that_holds_none(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "secret").write_text(content)
    done = says(tmp_path, "server", "check", "--host", "localhost", "--user", "root", "--password-file", "secret")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "The password could not be read")


def test_a_reader_who_goes_away_is_no_traceback(tmp_path: Path) -> None:
    line = f"{sys.executable} -m avenrae_desktop server certificate tls db1 | true"
    done = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
