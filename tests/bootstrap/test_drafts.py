"""What was typed and not saved, on the disk: only the person who typed it can read it."""

import errno
from pathlib import Path

import pytest

from avenrae_desktop.bootstrap import drafts
from avenrae_desktop.bootstrap.drafts import DraftBox, key_from_password, key_from_practice
from avenrae_desktop.bootstrap.server.servers import Servers
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.enrolment import Enrolment
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.settings.paths import paths_under
from tests.bootstrap.test_server_app import Computer, computer, server_kind, server_practice

__all__ = ["computer", "server_kind", "server_practice"]

TEXT = "Marco Rossi, quiet room 静かな部屋 \ud83d"


@pytest.fixture(autouse=True)
def _light_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "_WORK", {"memory_kib": 64, "passes": 1, "lanes": 1})


def box(folder: Path, *, key: bytes = b"k" * 32, owner: str = "practice|mira") -> DraftBox:
    return DraftBox(folder / "mira.draft", owner, key_from_practice(key))


def test_what_is_kept_comes_back_in_another_run(tmp_path: Path) -> None:
    assert box(tmp_path).read() is None
    box(tmp_path).keep(TEXT)
    assert box(tmp_path).read() == TEXT
    box(tmp_path).forget()
    box(tmp_path).forget()
    assert list(tmp_path.iterdir()) == []


def test_it_is_sealed_each_time_anew_for_its_owner_alone(tmp_path: Path) -> None:
    kept, file = box(tmp_path), tmp_path / "mira.draft"
    kept.keep(TEXT)
    first = file.read_bytes()
    kept.keep(TEXT)
    assert file.read_bytes() != first
    assert b"Marco" not in first
    assert file.stat().st_mode & 0o077 == 0
    assert box(tmp_path, key=b"x" * 32).read() is None
    assert box(tmp_path, owner="practice|noah").read() is None
    assert box(tmp_path, owner="other|mira").read() is None
    assert kept.read() == TEXT


def test_every_changed_byte_is_noticed(tmp_path: Path) -> None:
    kept, file = box(tmp_path), tmp_path / "mira.draft"
    kept.keep("short")
    raw = file.read_bytes()
    for at in range(len(raw)):
        file.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        assert box(tmp_path).read() is None, at
        file.write_bytes(raw[:at])
        assert box(tmp_path).read() is None, at


def test_under_a_password_that_may_change_meanwhile(tmp_path: Path) -> None:
    password = ["four calm words here"]

    def opened() -> DraftBox:
        return DraftBox(tmp_path / "mira.draft", "avenrae|mira", key_from_password(lambda: password[0]))

    kept = opened()
    kept.keep("one")
    password[0] = "four other words here"
    assert opened().read() is None
    kept.keep("two")
    assert opened().read() == "two"
    # The same password, composed differently by another keyboard.
    password[0] = "caf\u00e9 caf\u00e9 caf\u00e9"
    kept.keep("three")
    password[0] = "cafe\u0301 cafe\u0301 cafe\u0301"
    assert opened().read() == "three"


def test_a_full_disk_is_told_and_the_draft_of_before_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = box(tmp_path)
    kept.keep("one")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(drafts, "write_whole", full)
    with pytest.raises(Unavailable):
        kept.keep("two")
    assert box(tmp_path).read() == "one"


def test_a_practice_that_is_forgotten_takes_its_drafts_along(tmp_path: Path) -> None:
    servers = Servers(paths_under(tmp_path))
    address = ServerAddress((Host("db.example.org"),), "avenrae", Trust.NAMES)
    mine, other = servers.join(Enrolment("Fluss", address)), servers.join(Enrolment("See", address))
    for place in (mine, other):
        place.file.with_suffix(".0190.draft").write_bytes(b"sealed")
    servers.forget(mine)
    assert sorted(file.name for file in mine.file.parent.iterdir()) == ["see.0190.draft", "see.avenrae"]


def test_on_a_server_each_person_has_a_draft_of_their_own(computer: Computer) -> None:
    mira, noah = computer.person("healer"), computer.person("front_desk")
    mira.drafts.keep(TEXT)
    assert noah.drafts.read() is None
    assert mira.drafts.read() == TEXT
    again = computer.person("healer")
    assert again.drafts.read() == TEXT
    assert [place.file for place in computer.servers.known()] == [computer.place.file]
    again.drafts.forget()
    assert mira.drafts.read() is None
