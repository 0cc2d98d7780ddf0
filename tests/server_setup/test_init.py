"""`avenrae server init` as an owner uses it: a real process, a real server, on MySQL and MariaDB."""

import gc
import sys
from pathlib import Path

import pytest
from pymysql.connections import Connection

from avenrae_desktop.bootstrap.server import setup
from avenrae_desktop.bootstrap.server.servers import Servers
from avenrae_desktop.db.server.enrolment import read_enrolment
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.settings.paths import paths_under
from tests.server_setup.conftest import Owner
from tests.server_setup.typist import Typist, runs, says
from tests.support.server_practice import ACCEPTED, PASSWORD, cheap_hashes, founding
from tests.support.servers import execute


def _signs_in(owner: Owner, password: str = PASSWORD, file: Path | None = None) -> tuple[str, frozenset[Role]]:
    servers = Servers(paths_under(owner.folder / "desk"))
    place = servers.join(read_enrolment(file or owner.file))
    app = servers.sign_in(place, owner.sign_in_name, password)
    try:
        return app.settings().practice_name, app.actor.roles
    finally:
        app.close()


def _people(owner: Owner) -> list[tuple[object, ...]]:
    return execute(owner.root, f"SELECT sign_in_name FROM {owner.database}.users")


def test_from_nothing_to_the_first_sign_in_without_a_question(owner: Owner) -> None:
    done = runs(owner.folder, *owner.everything())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "This will be done:" in done.stdout
    assert f"Make the database {owner.database}" in done.stdout
    assert _signs_in(owner) == ("Praxis am Fluss", frozenset({Role.ADMIN, Role.HEALER}))
    assert str(owner.root.password) not in owner.file.read_text() + done.stdout + done.stderr
    assert PASSWORD not in owner.file.read_text() + done.stdout + done.stderr


def test_typed_in_front_of_a_terminal(owner: Owner) -> None:
    """Trust by fingerprint, passwords typed unseen, a weak one refused, yes before anything is done."""
    host = str(owner.address.hosts[0])
    options = ("--host", host, "--fingerprint", _fingerprint(owner), "--accept", "durable")
    with Typist(owner.folder, "server", "init", *options) as person:
        person.answers(
            ("Database [avenrae_db]", owner.database),
            ("Administrator's MySQL account [root]", str(owner.root.username)),
            ("Password of", str(owner.root.password)),
            ("Name of the practice", "Haus der Ruhe"),
            ("Time zone", "Mars/Olympus"),
        )
        person.sees("Unknown time zone")
        person.answers(
            ("Time zone", "Europe/Vienna"),
            ("Currency [EUR]", ""),
            ("First name", "Anna"),
            ("Last name", ""),
            ("Sign-in name [anna]", owner.sign_in_name),
            ("Kind of healer", ""),
            ("A password for", "short"),
        )
        person.sees("This password is too short")
        person.answers(("A password for", PASSWORD), ("The same again", PASSWORD))
        person.sees("This will be done:")
        assert execute(owner.root, f"SHOW DATABASES LIKE '{owner.database}'") == []
        person.answers(("Go on? (yes/no)", "yes"))
        assert person.ends() == 0, person.screen
        assert str(owner.root.password) not in person.screen
        assert PASSWORD not in person.screen
    file = owner.folder / "haus-der-ruhe.avenrae"
    assert _signs_in(owner, file=file) == ("Haus der Ruhe", frozenset({Role.ADMIN}))


def _fingerprint(owner: Owner) -> str:
    from avenrae_desktop.db.server.tls import shown_certificate

    return shown_certificate(owner.address.hosts[0]).fingerprint


def test_no_means_no(owner: Owner) -> None:
    command = [part for part in owner.everything() if part != "--yes"]
    done = says(owner.folder, *command, stdin="no\n")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "Nothing was done")
    assert execute(owner.root, f"SHOW DATABASES LIKE '{owner.database}'") == []
    assert not owner.file.exists()


def test_passwords_may_come_on_standard_input(owner: Owner) -> None:
    command = owner.everything(**{"--password-file": "-", "--new-password-file": "-"})
    done = says(owner.folder, *command, stdin=f"{owner.root.password}\n{PASSWORD}\n")
    assert done.returncode == 0, done.stderr
    assert _signs_in(owner)[0] == "Praxis am Fluss"


def test_a_finished_practice_is_not_touched(owner: Owner) -> None:
    assert says(owner.folder, *owner.everything()).returncode == 0
    owner.file.unlink()
    again = says(owner.folder, *owner.everything(**{"--sign-in-name": f"eva_{owner.mark}"}))
    assert (again.returncode, again.stderr.splitlines()[0]) == (1, "This practice is set up already")
    assert _people(owner) == [(owner.sign_in_name,)]


def test_somebody_elses_tables_are_not_touched(owner: Owner) -> None:
    execute(owner.root, f"CREATE DATABASE {owner.database}", f"CREATE TABLE {owner.database}.wp_posts (id INT)")
    done = says(owner.folder, *owner.everything())
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "This database holds something else")
    tables = f"SELECT table_name FROM information_schema.tables WHERE table_schema = '{owner.database}'"
    assert execute(owner.root, tables) == [("wp_posts",)]


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"--user": "nobody"}, "Name or password is wrong"),
        ({"--database": "no-name"}, "This name cannot be used"),
        ({"--zone": "Mars/Olympus"}, "Unknown time zone"),
        ({"--currency": "euros"}, "Unknown currency"),
        ({"--sign-in-name": "two words"}, "This sign-in name does not work"),
        ({"--healer-type": "wizard"}, "Which one?"),
        ({"--new-password-file": "weak.secret"}, "This password is too short"),
        ({"--enrolment": "ca.pem/x.avenrae"}, "The enrolment file was not saved"),
        ({"--ca": "root.secret"}, "The certificate could not be read"),
    ],
)
def test_what_was_given_wrongly_is_told_and_nothing_done(
    owner: Owner, changes: dict[str, str], title: str
) -> None:
    (owner.folder / "weak.secret").write_text("short\n")
    done = says(owner.folder, *owner.everything(**changes))
    lines = done.stderr.splitlines()
    assert (done.returncode, lines[0]) == (1, title)
    assert len(lines) >= 3
    assert execute(owner.root, f"SHOW DATABASES LIKE '{owner.database}'") == []


def test_a_sign_in_name_that_the_server_has_for_somebody_else(owner: Owner) -> None:
    execute(owner.root, f"CREATE USER '{owner.sign_in_name}'@'%' IDENTIFIED BY 'Something-else-7'")
    try:
        done = says(owner.folder, *owner.everything())
    finally:
        execute(owner.root, f"DROP USER '{owner.sign_in_name}'@'%'")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "This sign-in name is taken on the server")
    assert execute(owner.root, f"SHOW DATABASES LIKE '{owner.database}'") == []


def test_the_administrators_password_is_let_go(owner: Owner) -> None:
    password = "".join(tuple(str(owner.root.password)))  # a string of its own, whose references can be counted
    admin = owner.admin(password=password)
    drivers = _connections()
    before = sys.getrefcount(password)
    with cheap_hashes():
        setup.set_up(admin, founding(owner.sign_in_name), accepted=ACCEPTED)
    gc.collect()
    assert sys.getrefcount(password) == before
    # The driver keeps the password as bytes; so no connection may be left either.
    assert _connections() <= drivers
    assert password not in repr(admin)


def _connections() -> set[int]:
    return {id(each) for each in gc.get_objects() if isinstance(each, Connection)}
