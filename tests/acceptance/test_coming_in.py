"""Signing in, and everything that can be wrong with a practice: the words on the screen, and nothing lost."""

import contextlib
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.acceptance import flows
from tests.acceptance.conftest import AVENRAE, Made, somebody
from tests.acceptance.person import Person

Start = Callable[[Person], None]


def home_of(person: Person) -> Path:
    return person.screen.home


def test_a_wrong_password_says_so_and_keeps_the_page(owner: Person, start: Start) -> None:
    start(owner)
    flows.sign_in(owner, "wrong horse battery")
    owner.read("Wrong password")
    owner.read("This is not the password of")
    owner.read("If it is lost, use the recovery key.")
    flows.sign_in(owner)
    flows.signed_in(owner)


def test_the_recovery_key_sets_a_new_password(owner: Person, start: Start, made: Made) -> None:
    start(owner)
    owner.press("Use the recovery key")
    wrong = made.recovery_key[:-1] + ("A" if made.recovery_key[-1] != "A" else "B")
    owner.fill("Recovery key", wrong)
    owner.fill("New password", "staple battery horse")
    owner.fill("New password again", "staple battery horse")
    owner.press("Set password and open")
    owner.read("typing mistake")
    owner.read("Compare it with your sheet, group by group")
    assert owner.see("Recovery key", "text").text.replace("-", "").replace(" ", "") == wrong.replace(
        "-", ""
    ).replace(" ", "")
    owner.fill("Recovery key", made.recovery_key.lower())
    owner.press("Set password and open")
    flows.signed_in(owner)
    assert flows.quit_program(owner) == 0
    start(owner)
    flows.sign_in(owner)
    owner.read("Wrong password")
    flows.sign_in(owner, "staple battery horse")
    flows.signed_in(owner)


def test_a_password_of_twenty_emoji_is_refused_not_cut(person: Person, start: Start) -> None:
    start(person)
    person.press("New practice on this computer")
    person.fill("Name of the practice", "Lindenhof")
    person.fill("Your first name", "Mira")
    person.fill("Last name", "Voss")
    for field in ("Password", "Password again"):
        person.fill(field, "🌿" * 20, paste=True)
    person.press("Create practice")
    person.read("80")
    person.read("72 bytes")
    assert person.see("Name of the practice", "text").text == "Lindenhof"
    assert not (flows.data_of(home_of(person)) / "practices").exists() or not any(
        (flows.data_of(home_of(person)) / "practices").glob("*/practice.db")
    )


def fault(owner: Person, start: Start, *words: str) -> None:
    """Starts, signs in if it is asked to, and reads what keeps the practice shut."""
    start(owner)
    if owner.wait(lambda: owner.all("Welcome back") or owner.all("Try again"), "a page")[0].name == "Welcome back":
        owner.fill("Password", flows.PASSWORD)
        owner.key("Return")
    for each in words:
        owner.read(each)


def test_the_key_file_is_missing(owner: Person, start: Start) -> None:
    keys = flows.practice_of(home_of(owner)) / "practice.keys"
    aside = keys.with_suffix(".aside")
    keys.rename(aside)
    # A folder without keys is still the practice that was opened here last.
    fault(owner, start, "The key file is missing", "from your last backup")
    aside.rename(keys)
    owner.press("Try again")
    flows.sign_in(owner)
    flows.signed_in(owner)


def test_a_key_file_of_a_newer_version(owner: Person, start: Start) -> None:
    keys = flows.practice_of(home_of(owner)) / "practice.keys"
    text = json.loads(keys.read_text())
    text["format"] = 99
    keys.write_text(json.dumps(text))
    before = keys.read_bytes()
    fault(owner, start, "This practice needs a newer program", "Install the newest version")
    assert keys.read_bytes() == before


def test_a_damaged_practice_file(owner: Person, start: Start) -> None:
    file = flows.practice_of(home_of(owner)) / "practice.db"
    damaged = bytearray(file.read_bytes())
    damaged[5000] ^= 1
    file.write_bytes(damaged)
    fault(owner, start, "The practice file is damaged", "from your last backup")
    assert file.read_bytes() == bytes(damaged)


def test_a_second_start_raises_the_first_window(owner: Person, start: Start) -> None:
    start(owner)
    flows.sign_in(owner)
    flows.signed_in(owner)
    second = owner.screen.run([AVENRAE])
    assert second.wait(12) == 0
    assert owner.program is not None
    assert owner.program.poll() is None


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of its own in memory; needs the rights that scripts/setup needs too."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    folder.mkdir()
    options = f"size={size},uid={os.getuid()},mode=700"
    subprocess.run([*as_root, "mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run([*as_root, "umount", "--lazy", str(folder)], check=True)


def fill_up(file: Path) -> None:
    """Write until not one byte more fits."""
    with file.open("wb", buffering=0) as out, contextlib.suppress(OSError):
        while out.write(b"x" * 4096):
            pass
    assert os.statvfs(file).f_bavail == 0


def test_a_full_disk_is_told_and_nothing_is_lost(made: Made, tmp_path: Path, start: Start) -> None:
    with small_disk(tmp_path / "home", "24m") as home:
        made.copy_to(home)
        with somebody(home, tmp_path) as person:
            start(person)
            flows.sign_in(person)
            flows.signed_in(person)
            person.key("ctrl+2")
            person.press("New client", regex=False)
            person.fill("First name", "Ana")
            person.fill("Last name", "Keller")
            filler = home / "filler"
            fill_up(filler)
            person.key("ctrl+Return")
            person.read("The disk is full")
            person.read("Free some space on the disk, then save again.")
            assert person.see("Last name", "text").text == "Keller"
            filler.unlink()
            person.key("ctrl+Return")
            person.gone("The disk is full")
            person.read("Keller")
            assert flows.quit_program(person) == 0
            start(person)
            flows.sign_in(person)
            flows.signed_in(person)
            person.key("ctrl+2")
            person.read("Keller")
