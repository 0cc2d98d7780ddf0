"""Passwords, PINs and the practice's settings, on all three engines where rows are written."""

from typing import Any

import pytest
import sqlalchemy as sa

from avenrae_desktop.areas.accounts import passwords
from avenrae_desktop.areas.accounts.domain import (
    ChangeMyPassword,
    ChangeSettings,
    RecoverPassword,
    SetPassword,
    SetPin,
)
from avenrae_desktop.areas.accounts.passwords import checked_password, fits, hashed
from avenrae_desktop.areas.accounts.practice_settings import DECLARED, PracticeSettings
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.bus import Undo
from avenrae_desktop.kernel.errors import AppError, Conflict, NotAllowed, RuleBroken
from avenrae_desktop.kernel.identity import Role
from tests.accounts.conftest import PASSWORD, Office

NEW = "another good long one"


def fits_now(office: Office, person: Any, password: str) -> bool:
    return fits(password, office.reads.secrets(person).password_hash)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("a" * 11 + "b", "accounts.password_too_simple"),
        ("elevenchars", "accounts.password_too_short"),
        ("😀" * 20, "accounts.password_too_long"),
        ("äöü" * 12 + "x", "accounts.password_too_long"),
        ("twelve\x00letters", "accounts.password_untypable"),
        ("twelve\nletters", "accounts.password_untypable"),
        ("twelve letters \ud800", "accounts.password_untypable"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(password: str, code: str) -> None:
    with pytest.raises(RuleBroken) as raised:
        checked_password(password)
    assert raised.value.code == code
    assert all("{" not in text for text in raised.value.texts())


def test_twenty_emoji_are_told_their_size() -> None:
    with pytest.raises(RuleBroken) as raised:
        checked_password("😀" * 20)
    assert "80" in raised.value.texts()[1]


@pytest.mark.parametrize(
    "password", ["correct horse battery", "äöüéà" * 7 + "xy", "a b c d e f g", "x" * 67 + "abcde"]
)
def test_good_passwords_pass_whole(password: str) -> None:
    assert checked_password(password) == password
    assert fits(password, hashed(password))
    assert not fits(password[:-1], hashed(password))


def test_bcrypt_has_cost_12(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert passwords.hashed(PASSWORD).startswith("$2b$12$")


def test_my_password_changes_only_with_the_old_one(office: Office) -> None:
    with pytest.raises(RuleBroken) as raised:
        office.do(ChangeMyPassword(old="not this one at all", new=NEW))
    assert (raised.value.code, raised.value.field) == ("accounts.wrong_old_password", "old")
    with pytest.raises(RuleBroken) as raised:
        office.do(ChangeMyPassword(old=PASSWORD, new="short"))
    assert raised.value.field == "new"
    assert fits_now(office, office.founder, PASSWORD)
    office.do(ChangeMyPassword(old=PASSWORD, new=NEW))
    assert fits_now(office, office.founder, NEW)
    assert not fits_now(office, office.founder, PASSWORD)


def test_no_secret_is_stored_or_can_be_guessed_from_a_hash(office: Office) -> None:
    first, second = ChangeMyPassword(old=PASSWORD, new=NEW), SetPin(pin="2468")
    office.do(first)
    office.do(second)
    with office.engine.connect() as connection:
        rows = connection.execute(sa.select(t.commands)).all()
        logs = connection.execute(sa.select(t.audit_logs)).all()
    told = repr([*rows, *logs])
    assert not any(secret in told for secret in (PASSWORD, NEW, "2468"))
    kinds = {row.kind: row.body_hash for row in rows}
    again = SetPin(pin="9753", uuid=second.uuid)
    assert office.do(again).repeated
    assert len(kinds["accounts.set_pin"]) == 32


def test_an_administrator_gives_a_colleague_a_new_password(office: Office) -> None:
    ben = office.add("ben", Role.FRONT_DESK)
    office.do(SetPin(pin="2468"), by=ben)
    with pytest.raises(NotAllowed):
        office.do(SetPassword(person=office.founder, password=NEW), by=ben)
    with pytest.raises(RuleBroken) as raised:
        office.do(SetPassword(person=office.founder, password=NEW))
    assert raised.value.code == "accounts.know_the_old_one"
    office.do(SetPassword(person=ben, password=NEW))
    assert fits_now(office, ben, NEW)
    assert office.reads.secrets(ben).pin_hash is None


def test_recovery_sets_my_password_without_the_old_one(office: Office) -> None:
    office.do(RecoverPassword(password=NEW))
    assert fits_now(office, office.founder, NEW)


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "1111", "", "١٢٣٤"])
def test_pins_that_are_none(file_office: Office, pin: str) -> None:
    with pytest.raises(RuleBroken) as raised:
        file_office.do(SetPin(pin=pin))
    assert (raised.value.code, raised.value.field) == ("accounts.bad_pin", "pin")


def test_a_pin_is_set_and_removed(office: Office) -> None:
    office.do(SetPin(pin="2468"))
    found = office.reads.secrets(office.founder)
    assert fits("2468", found.pin_hash)
    assert not fits("2469", found.pin_hash)
    office.do(SetPin(pin=None))
    assert office.reads.secrets(office.founder).pin_hash is None
    assert not fits("", None)


def test_settings_begin_as_founded_and_change(office: Office) -> None:
    assert office.reads.settings() == PracticeSettings("Praxis am Fluss", "Europe/Zurich", "CHF")
    office.do(ChangeSettings(values=(("practice_name", "  Am   Fluss "), ("lock_minutes", "10"))))
    assert office.reads.settings() == PracticeSettings("Am Fluss", "Europe/Zurich", "CHF", lock_minutes=10)
    office.do(Undo())
    assert office.reads.settings() == PracticeSettings("Praxis am Fluss", "Europe/Zurich", "CHF")
    office.do(ChangeSettings(values=(("lock_minutes", "15"),)))
    assert office.reads.settings().lock_minutes == 15


def test_an_undo_of_settings_is_refused_when_they_moved_on(office: Office) -> None:
    cleo = office.add("cleo", Role.ADMIN)
    office.do(ChangeSettings(values=(("time_zone", "Asia/Kathmandu"),)))
    office.do(ChangeSettings(values=(("time_zone", "America/St_Johns"),)), by=cleo)
    with pytest.raises(Conflict):
        office.do(Undo())
    assert office.reads.settings().time_zone == "America/St_Johns"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("practice_name", " "),
        ("practice_name", "x" * 300),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("currency", "KWD"),
        ("currency", "euro"),
        ("lock_minutes", "0"),
        ("lock_minutes", "²"),
        ("week_starts_on", "7"),
        ("day_starts", "-1"),
        ("day_ends", "430"),
        ("schema_version", "9"),
    ],
)
def test_settings_that_do_not_fit(file_office: Office, name: str, value: str) -> None:
    before = file_office.reads.settings()
    with pytest.raises(AppError) as raised:
        file_office.do(ChangeSettings(values=(("lock_minutes", "30"), (name, value))))
    assert raised.value.field == (name if name in DECLARED else None)
    assert all("{" not in text for text in raised.value.texts())
    assert file_office.reads.settings() == before


def test_only_administrators_change_settings(file_office: Office) -> None:
    ben = file_office.add("ben", Role.HEALER)
    with pytest.raises(NotAllowed):
        file_office.do(ChangeSettings(values=(("lock_minutes", "30"),)), by=ben)
