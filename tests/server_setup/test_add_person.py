"""`avenrae server add-person`, and the first sign-in with the code that it prints."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from avenrae_desktop.bootstrap.server.servers import Servers
from avenrae_desktop.db.server.enrolment import write_enrolment
from avenrae_desktop.kernel.errors import MustChoosePassword
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.settings.paths import paths_under
from tests.server_setup.typist import Typist, says
from tests.support.server_practice import PASSWORD, ServerPractice

CODE = re.compile(r"^  (\S{4}-\S{4}-\S{4}-\S{4})$", re.MULTILINE)
OWN = "a password of my own"


def _word(practice: ServerPractice, folder: Path, who: str, sign_in_name: str, *roles: str) -> Sequence[str]:
    write_enrolment(folder / "praxis.avenrae", practice.enrolment)
    (folder / "secret").write_text(f"{practice.people[who].password}\n")
    me = ("--user", practice.people[who].sign_in_name, "--password-file", "secret")
    them = ("--first-name", "Eva", "--sign-in-name", sign_in_name)
    given = [part for role in roles for part in ("--role", role)]
    return ("server", "add-person", "--enrolment", "praxis.avenrae", *me, *them, *given)


@pytest.fixture
def name(server_practice: ServerPractice, request: pytest.FixtureRequest) -> str:
    """A sign-in name that no other test and no other practice of the run has."""
    mark = server_practice.database.removeprefix("p_")
    return f"{request.node.originalname[5:17].strip('_')}_{mark}"


def test_the_code_lets_in_once_to_choose_a_password(
    server_practice: ServerPractice, name: str, tmp_path: Path
) -> None:
    word = _word(server_practice, tmp_path, "admin", name, "healer", "front_desk")
    done = says(tmp_path, *word, "--last-name", "Lind", "--healer-type", "reiki")
    assert done.returncode == 0, done.stderr
    assert PASSWORD not in done.stdout
    code = CODE.findall(done.stdout)[0]
    servers = Servers(paths_under(tmp_path / "desk"))
    place = servers.join(server_practice.enrolment)
    with pytest.raises(MustChoosePassword):
        servers.sign_in(place, name, code)
    app = servers.choose_password(place, name, code, OWN)
    assert app.actor.roles == {Role.HEALER, Role.FRONT_DESK}
    assert app.actor.name == "Eva Lind"
    app.close()
    servers.sign_in(place, name, OWN).close()


def test_asked_for_in_front_of_a_terminal(server_practice: ServerPractice, name: str, tmp_path: Path) -> None:
    write_enrolment(tmp_path / "praxis.avenrae", server_practice.enrolment)
    me = server_practice.people["admin"]
    with Typist(tmp_path, "server", "add-person", "--enrolment", "praxis.avenrae") as person:
        person.sees(server_practice.enrolment.practice_name)
        person.answers(
            ("Your own sign-in name", me.sign_in_name),
            (f"Password of {me.sign_in_name}", me.password),
            ("Their first name", "Eva"),
            ("Their last name", ""),
            ("Their sign-in name", name),
            ("Their roles", "boss"),
        )
        person.sees("Which one?")
        person.answers(("Their roles", "front_desk"))
        assert person.ends() == 0, person.screen
        assert me.password not in person.screen
        assert len(CODE.findall(person.screen)) == 1


@pytest.mark.parametrize(
    ("who", "password", "title"),
    [("front_desk", None, "You may not do this"), ("admin", "not my password", "Name or password is wrong")],
)
def test_only_administrators_add_people(
    server_practice: ServerPractice, name: str, tmp_path: Path, who: str, password: str | None, title: str
) -> None:
    word = _word(server_practice, tmp_path, who, name, "front_desk")
    if password is not None:
        (tmp_path / "secret").write_text(f"{password}\n")
    done = says(tmp_path, *word)
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, title)
    there = server_practice.execute(f"SELECT 1 FROM mysql.user WHERE user = '{name}'")
    assert there == []


def test_a_name_that_is_taken(server_practice: ServerPractice, tmp_path: Path) -> None:
    taken = server_practice.people["healer"].sign_in_name
    done = says(tmp_path, *_word(server_practice, tmp_path, "admin", taken, "front_desk"))
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "This sign-in name is taken")
