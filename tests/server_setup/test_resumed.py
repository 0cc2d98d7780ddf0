"""A set-up that breaks off at any step, and is started again, ends as one that did not."""

import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.bootstrap.server import setup
from avenrae_desktop.bootstrap.server.administrator import Administrator
from avenrae_desktop.bootstrap.server.servers import Servers
from avenrae_desktop.kernel.errors import RuleBroken, Unavailable
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.settings.paths import paths_under
from tests.db.snapshot import snapshot
from tests.network.own_server import OwnServer
from tests.server_setup.conftest import Owner
from tests.server_setup.typist import PROGRAM, environment, runs
from tests.support.places import ServerKind
from tests.support.server_practice import ACCEPTED, PASSWORD, ServerPractice, cheap_hashes, founding
from tests.support.servers import execute, server_address

_WHO, _HERE = "REPLACE(grantee, '{db}', '')", "WHERE table_schema = '{db}'"
# Each as it is in the practice {db}, whose name is left out of what is compared.
QUERIES = (
    "SELECT setting_name, setting_value FROM {db}.settings",
    f"SELECT {_WHO}, table_name, privilege_type FROM information_schema.table_privileges {_HERE}",
    f"SELECT {_WHO}, table_name, column_name, privilege_type FROM information_schema.column_privileges {_HERE}",
)
PEOPLE = "SELECT sign_in_name, account_at IS NOT NULL, code_until FROM {db}.users"


def _ended_well(owner: Owner, practice: ServerPractice, password: str = PASSWORD) -> None:
    """Structure, rights and settings as in a practice that was made in one go, and the founder comes in."""
    assert snapshot(owner.root.set(database=owner.database)) == snapshot(practice.root)
    for query in QUERIES:
        mine = execute(owner.root, query.format(db=owner.database))
        assert sorted(mine) == sorted(execute(practice.root, query.format(db=practice.database)))
    assert execute(owner.root, PEOPLE.format(db=owner.database)) == [(owner.sign_in_name, 1, None)]
    servers = Servers(paths_under(owner.folder / "desk"))
    enrolment = replace(practice.enrolment, address=owner.address)
    servers.sign_in(servers.join(enrolment), owner.sign_in_name, password).close()


def _goes_as_far_as(owner: Owner, create: CreatePractice, steps: int) -> None:
    """As a kill right after the step: nothing of the program runs any more."""
    begun = setup.steps(owner.admin(), create, utc_now, ACCEPTED)
    for _ in range(steps):
        next(begun)
    begun.close()


def test_broken_off_after_every_step(owner: Owner, server_practice: ServerPractice) -> None:
    create = founding(owner.sign_in_name)
    with cheap_hashes():
        for steps in range(1, setup.STEPS):
            _goes_as_far_as(owner, create, steps)
        setup.set_up(owner.admin(), create, accepted=ACCEPTED)
    _ended_well(owner, server_practice)


def test_what_was_typed_the_last_time_counts(owner: Owner, server_practice: ServerPractice) -> None:
    first = founding(owner.sign_in_name, practice_name="Old name", currency="EUR", password="one that I forget")
    with cheap_hashes():
        _goes_as_far_as(owner, first, setup.STEPS - 1)
        again = founding(owner.sign_in_name)
        made = setup.set_up(owner.admin(), again, accepted=ACCEPTED)
    assert made.practice_name == again.practice_name
    _ended_well(owner, server_practice)
    servers = Servers(paths_under(owner.folder / "other"))
    with pytest.raises(RuleBroken):
        servers.sign_in(servers.join(made), owner.sign_in_name, "one that I forget")


def test_another_founder_is_not_put_in_the_place_of_the_first(owner: Owner) -> None:
    with cheap_hashes():
        _goes_as_far_as(owner, founding(owner.sign_in_name), setup.STEPS - 1)
        with pytest.raises(RuleBroken) as refused:
            setup.set_up(owner.admin(), founding("somebody.else"), accepted=ACCEPTED)
    assert refused.value.code == "set_up.other_founder"
    assert refused.value.params["sign_in_name"] == owner.sign_in_name


def _ended_at(owner: Owner, step: int, how: signal.Signals) -> tuple[int, str]:
    """Send the process the signal when it tells this step; the exit code, and what it said on standard error."""
    with subprocess.Popen(
        [*PROGRAM, *owner.everything()],
        cwd=owner.folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            found = re.match(r"  \[ *(\d+)/", line)
            if found and int(found[1]) == step:
                process.send_signal(how)
                break
        _, said = process.communicate()
    return process.returncode, said


def test_killed_and_started_again(owner: Owner, server_practice: ServerPractice, long_form: bool) -> None:
    for step in range(1, setup.STEPS) if long_form else (11,):
        assert _ended_at(owner, step, signal.SIGKILL)[0] == -signal.SIGKILL
    done = runs(owner.folder, *owner.everything())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "that was begun before" in " ".join(done.stdout.split())
    _ended_well(owner, server_practice)


def test_ctrl_c_and_started_again(owner: Owner, server_practice: ServerPractice) -> None:
    assert _ended_at(owner, 4, signal.SIGINT) == (130, "")
    done = runs(owner.folder, *owner.everything())
    assert done.returncode == 0, done.stdout + done.stderr
    _ended_well(owner, server_practice)


def test_the_server_dies_in_the_middle(server_kind: ServerKind, tmp_path: Path, long_form: bool) -> None:
    """What it was doing is done again when it is back."""
    create = founding("anna")
    with OwnServer(server_kind, tmp_path) as own, cheap_hashes():
        admin = Administrator(
            server_address(server_kind, tmp_path, "praxis"), str(own.url.username), str(own.url.password)
        )
        for step in range(1, setup.STEPS) if long_form else (10,):
            begun = setup.steps(admin, create, utc_now)
            for _ in range(step):
                next(begun)
            own.kill()
            with pytest.raises(Unavailable):
                list(begun)
            own.start()
        enrolment = setup.set_up(admin, create)
        servers = Servers(paths_under(tmp_path / "desk"))
        servers.sign_in(servers.join(enrolment), "anna", PASSWORD).close()


@pytest.mark.long
def test_killed_at_any_moment(owner: Owner, server_practice: ServerPractice) -> None:
    seed = random.randrange(2**32)
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    for _ in range(20):
        with subprocess.Popen(
            [*PROGRAM, *owner.everything()], cwd=owner.folder, env=environment(), stdout=subprocess.DEVNULL
        ) as process:
            time.sleep(chance.uniform(1.0, 8.0))
            process.kill()
        if owner.file.exists():
            break
    if not owner.file.exists():
        done = runs(owner.folder, *owner.everything())
        # Killed between the last step and the file: the practice is there.
        assert done.returncode == 0 or "This practice is set up already" in done.stderr
    _ended_well(owner, server_practice)
