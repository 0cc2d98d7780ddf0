"""`avenrae generate` as a person runs it: a real process, on a server and in a folder."""

import re

from avenrae_desktop.bootstrap.server.servers import Servers
from avenrae_desktop.db.server.enrolment import read_enrolment
from avenrae_desktop.settings.paths import paths_under
from tests.server_setup.conftest import Owner
from tests.server_setup.typist import runs
from tests.support.server_practice import ACCEPTED
from tests.support.servers import execute

PRINTED = re.compile(r"shown only now:\n  (\S+)\n")


def test_on_a_server_from_nothing_and_not_over_other_bookings(owner: Owner) -> None:
    accepted = [part for key in ACCEPTED for part in ("--accept", key)]
    where = [*owner.server(), "--sign-in-name", owner.sign_in_name, "--enrolment", str(owner.file), *accepted]
    asked = ["generate", "--bookings", "80", "--seed", "5", "--day", "2026-11-23", "--server", *where]
    done = runs(owner.folder, *asked)
    assert done.returncode == 0, done.stdout + done.stderr
    password = PRINTED.search(done.stdout)
    assert password is not None
    servers = Servers(paths_under(owner.folder / "desk"))
    app = servers.sign_in(servers.join(read_enrolment(owner.file)), owner.sign_in_name, password[1])
    assert app.settings().practice_name == "Practice of 80 bookings"
    assert len(app.clients.page("").rows) == 8
    app.close()
    counts = execute(owner.root, f"SELECT COUNT(*) FROM {owner.database}.bookings")
    assert counts == [(80,)]
    again = runs(owner.folder, *asked, "--overwrite")
    assert again.returncode == 0, again.stdout + again.stderr
    assert PRINTED.search(again.stdout) is None
    other = runs(owner.folder, *asked, "--overwrite", "--seed", "6")
    assert other.returncode == 1
    assert "holds bookings already" in other.stderr
    assert execute(owner.root, f"SELECT COUNT(*) FROM {owner.database}.bookings") == counts


def test_in_a_folder_with_an_own_password(owner: Owner) -> None:
    (owner.folder / "own.secret").write_text("a password of my own\n")
    asked = ["generate", "--bookings", "30", "--folder", "made here", "--new-password-file", "own.secret"]
    done = runs(owner.folder, *asked)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "a password of my own" not in done.stdout
    assert "Its recovery key:" in done.stdout
    assert (owner.folder / "made here" / "practice.db").exists()
    again = runs(owner.folder, *asked)
    assert again.returncode == 1
    assert "This folder is there already" in again.stderr
    for wrong in (["--bookings", "0"], ["--bookings", "5", "--day", "tomorrow"]):
        assert runs(owner.folder, "generate", *wrong).returncode == 1
