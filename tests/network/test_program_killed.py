"""SIGKILL of the program while it works with a person's own account over TLS."""

import secrets
from pathlib import Path

import pytest

from tests.kill.test_kill import run_plan
from tests.network.race_plan import plan_for
from tests.support.server_practice import ServerPractice


@pytest.mark.timeout(900)
def test_killed_at_random_over_tls(server_practice: ServerPractice, tmp_path: Path, long_form: bool) -> None:
    plan = plan_for(server_practice, tmp_path, seed=secrets.randbelow(1_000_000))
    figures = run_plan(plan, "at_random", "200" if long_form else "15")
    assert figures["acknowledged"] > figures["kills"] / 2
