"""Two people on one machine do not meet; one person at two screens gets one program."""

from collections.abc import Callable
from pathlib import Path

from tests.acceptance.conftest import AVENRAE, somebody
from tests.acceptance.person import Person
from tests.acceptance.screen import Screen


def test_two_homes_side_by_side(owner: Person, start: Callable[[Person], None], tmp_path: Path) -> None:
    start(owner)
    owner.see("Welcome back")
    with somebody(tmp_path / "other", tmp_path) as other:
        start(other)
        other.see("Begin")
    owner.see("Welcome back")


def test_one_home_at_two_screens(owner: Person, start: Callable[[Person], None]) -> None:
    start(owner)
    owner.see("Welcome back")
    with Screen(owner.screen.home) as elsewhere:
        assert elsewhere.run([AVENRAE]).wait(12) == 0
    assert owner.program is not None
    assert owner.program.poll() is None
    owner.see("Welcome back")
