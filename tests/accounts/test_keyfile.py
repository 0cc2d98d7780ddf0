"""The key file: who gets in, who does not, and what a damaged one says."""

import json
import os
import random
import stat
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from avenrae_desktop.db import keyfile, recovery_key
from avenrae_desktop.db.keyfile import LIGHT_COST, Cost, KeyFile, load, new_raw_key
from avenrae_desktop.kernel.errors import AppError, RuleBroken, Unavailable
from avenrae_desktop.kernel.ids import new_uuid

KEY = bytes(range(32))
ANNA, BEN = UUID(int=1), UUID(int=2)
PASSWORD = "four words make this"


def one_person(password: str = PASSWORD, cost: Cost = LIGHT_COST) -> KeyFile:
    empty = KeyFile(new_uuid(), "Praxis Grün")
    return empty.with_password(KEY, ANNA, "anna", "Anna Kern", password, "mark", cost)


def code_of(raised: pytest.ExceptionInfo[AppError]) -> str:
    return raised.value.code


def test_the_password_opens_and_another_does_not() -> None:
    keys = one_person()
    assert keys.open_by_password("anna", PASSWORD) == KEY
    for wrong in ("", PASSWORD + " ", PASSWORD.upper(), "x" * 1000, "\ud800"):
        with pytest.raises(RuleBroken) as raised:
            keys.open_by_password("anna", wrong)
        assert code_of(raised) == "keys.wrong_password"
    with pytest.raises(RuleBroken) as raised:
        keys.open_by_password("nobody", PASSWORD)
    assert code_of(raised) == "keys.wrong_password"


def test_the_full_cost_is_what_the_design_says() -> None:
    keys = KeyFile(new_uuid(), "P").with_password(KEY, ANNA, "anna", "Anna", PASSWORD, "mark")
    assert keys.open_by_password("anna", PASSWORD) == KEY
    assert keys.people[0].cost == Cost(memory_kib=65536, passes=3, lanes=4)


def test_composed_and_decomposed_letters_are_the_same_password() -> None:
    assert one_person("Grüße an álle").open_by_password("anna", "Gru\u0308ße an a\u0301lle") == KEY


def test_a_new_password_ends_the_old_one() -> None:
    keys = one_person().with_password(KEY, ANNA, "anna", "Anna", "quite another one", "mark", LIGHT_COST)
    assert keys.open_by_password("anna", "quite another one") == KEY
    assert len(keys.people) == 1
    with pytest.raises(RuleBroken):
        keys.open_by_password("anna", PASSWORD)


def test_nothing_of_the_key_stands_in_the_file(tmp_path: Path) -> None:
    key = new_raw_key()
    keys, shown = (
        KeyFile(new_uuid(), "P")
        .with_password(key, ANNA, "anna", "Anna", PASSWORD, "mark", LIGHT_COST)
        .with_recovery_key(key)
    )
    keys.save(tmp_path / "practice.keys")
    text = (tmp_path / "practice.keys").read_text()
    assert key.hex() not in text
    assert PASSWORD not in text
    assert shown not in text
    assert stat.S_IMODE((tmp_path / "practice.keys").stat().st_mode) == 0o600


def test_saved_and_loaded_it_is_the_same(tmp_path: Path) -> None:
    keys, shown = one_person().with_recovery_key(KEY)
    keys = keys.with_password(KEY, BEN, "ben", "Ben \u202b\u05d1\u05df", PASSWORD, "m", LIGHT_COST)
    keys = keys.in_step(KEY, {ANNA: "Anna Kern", BEN: "Ben"}, frozenset({BEN}))
    keys.save(tmp_path / "practice.keys")
    again = load(tmp_path / "practice.keys")
    assert again == keys
    assert again.open_by_recovery_key(shown) == KEY


def test_an_entry_opens_only_where_it_belongs() -> None:
    keys = one_person()
    elsewhere = KeyFile(new_uuid(), "Other", entries=keys.entries)
    renamed = KeyFile(keys.practice, "P", entries=(keyfile.replace(keys.people[0], person=BEN),))
    for forged in (elsewhere, renamed):
        with pytest.raises(RuleBroken):
            forged.open_by_password("anna", PASSWORD)


def test_a_person_who_is_shut_out_comes_back_with_the_same_password() -> None:
    keys = one_person()
    out = keys.in_step(KEY, {ANNA: "Anna Kern"}, frozenset({ANNA}))
    assert out.people == ()
    assert out.is_parked("anna")
    assert out.in_step(KEY, {ANNA: "Anna Kern"}, frozenset({ANNA})) == out
    back = out.in_step(KEY, {ANNA: "Anna Kern"}, frozenset())
    assert back.open_by_password("anna", PASSWORD) == KEY


def test_the_name_on_the_sign_in_screen_follows() -> None:
    renamed = one_person().in_step(KEY, {ANNA: "Anna Kern-Vogt"}, frozenset())
    assert renamed.people[0].display_name == "Anna Kern-Vogt"
    assert renamed.open_by_password("anna", PASSWORD) == KEY


def test_a_new_recovery_key_ends_the_old_one() -> None:
    first, old = one_person().with_recovery_key(KEY)
    second, new = first.with_recovery_key(KEY)
    assert second.open_by_recovery_key(new) == KEY
    with pytest.raises(RuleBroken) as raised:
        second.open_by_recovery_key(old)
    assert code_of(raised) == "keys.wrong_recovery_key"


@given(st.binary(min_size=20, max_size=20), st.data())
def test_a_recovery_key_is_read_however_it_is_written(secret: bytes, data: st.DataObject) -> None:
    shown = recovery_key.spell(secret)
    typed = ""
    for char in shown.replace("-", ""):
        looks = {"0": "0Oo", "1": "1IlLi"}.get(char, char + char.lower())
        typed += data.draw(st.sampled_from(looks)) + data.draw(st.sampled_from(["", "", " ", "-", " – ", "\n"]))
    assert recovery_key.read(typed) == secret


@given(st.binary(min_size=20, max_size=20), st.integers(0, 35), st.sampled_from(recovery_key.ALPHABET))
def test_one_wrong_letter_is_a_typing_mistake(secret: bytes, at: int, other: str) -> None:
    bare = recovery_key.spell(secret).replace("-", "")
    assume(bare[at] != other)
    with pytest.raises(RuleBroken) as raised:
        recovery_key.read(bare[:at] + other + bare[at + 1 :])
    assert code_of(raised) == "keys.recovery_typo"


@given(st.binary(min_size=20, max_size=20), st.integers(0, 34))
def test_two_letters_swapped_are_a_typing_mistake(secret: bytes, at: int) -> None:
    bare = recovery_key.spell(secret).replace("-", "")
    assume(bare[at] != bare[at + 1])
    with pytest.raises(RuleBroken):
        recovery_key.read(bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :])


@given(st.text())
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    with pytest.raises(RuleBroken):
        recovery_key.read(text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as raised:
        load(tmp_path / "practice.keys")
    title, what, advice = raised.value.texts()
    assert title == "The key file is missing"
    assert "practice.keys" in what
    assert str(tmp_path) in advice


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "practice.keys"
    one_person().save(file)
    plain = json.loads(file.read_text())
    file.write_text(json.dumps({"format": 2, "something": plain["entries"]}))
    before = file.read_bytes()
    with pytest.raises(Unavailable) as raised:
        load(file)
    assert code_of(raised) == "keys.too_new"
    assert file.read_bytes() == before


def test_every_flipped_bit_is_found(tmp_path: Path, long_form: bool) -> None:
    """Damaged, or too new (the format's digit): never a wrong password, never silently accepted."""
    file = tmp_path / "practice.keys"
    keys, _ = one_person().with_recovery_key(KEY)
    keys.save(file)
    whole = file.read_bytes()
    dice = random.Random(7)
    places = range(len(whole)) if long_form else sorted(dice.sample(range(len(whole)), 300))
    for at in places:
        damaged = bytearray(whole)
        damaged[at] ^= 1 << dice.randrange(8)
        file.write_bytes(damaged)
        assert said_of(file) in ("keys.damaged", "keys.too_new", keys), at


def said_of(file: Path) -> KeyFile | str:
    """The content, or the code of the error. (A space that became a line break changes nothing.)"""
    try:
        return load(file)
    except Unavailable as error:
        return error.code


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_a_cut_file_is_damaged(tmp_path: Path, share: float) -> None:
    file = tmp_path / "practice.keys"
    one_person().save(file)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(Unavailable) as raised:
        load(file)
    assert code_of(raised) == "keys.damaged"


def test_a_forged_cost_does_not_hang_the_program(tmp_path: Path) -> None:
    file = tmp_path / "practice.keys"
    one_person(cost=LIGHT_COST).save(file)
    plain = json.loads(file.read_text())
    plain.pop("check")
    plain["entries"][0]["argon2id"]["memory_kib"] = 1 << 40
    file.write_text(json.dumps({**plain, "check": keyfile._check(plain)}))
    with pytest.raises(Unavailable) as raised:
        load(file)
    assert code_of(raised) == "keys.damaged"


def test_a_save_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "practice.keys"
    keys = one_person()
    keys.save(file)
    before = file.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as raised:
        keys.with_recovery_key(KEY)[0].save(file)
    assert code_of(raised) == "keys.not_saved"
    assert "No space left" in raised.value.texts()[1]
    assert file.read_bytes() == before
    assert [f.name for f in tmp_path.iterdir()] == ["practice.keys"]
