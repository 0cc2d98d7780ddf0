"""Making, opening and recovering practices on this computer."""

import subprocess
import sys
import threading
import time

import pytest
import sqlalchemy as sa

from avenrae_desktop.areas.accounts.domain import (
    ChangeMyPassword,
    ChangeSettings,
    DisablePerson,
    EditPerson,
    SetPassword,
    SetPin,
)
from avenrae_desktop.bootstrap import App, KeyHolder, Practices
from avenrae_desktop.db.keyfile import KeyFile
from avenrae_desktop.db.tables import system_logs
from avenrae_desktop.db.unit_of_work import reading
from avenrae_desktop.kernel.bus import Undo
from avenrae_desktop.kernel.errors import AppError, NotAllowed, RuleBroken, Unavailable
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.values import LogLevel
from avenrae_desktop.settings.paths import Paths
from tests.bootstrap.conftest import NEW_PASSWORD, NOW, PASSWORD, Made, add_ben, founding


def refused(code: str, made: Made, sign_in_name: str, password: str) -> None:
    with pytest.raises(AppError) as raised:
        made.open(sign_in_name, password)
    assert raised.value.code == code
    assert all("{" not in text for text in raised.value.texts())


def test_a_new_practice_is_open_and_stays(practices: Practices, paths: Paths) -> None:
    steps: list[tuple[int, int]] = []
    app, recovery_key = practices.create(founding(), lambda done, of: steps.append((done, of)))
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert app.actor.name == "Anna Kern"
    assert app.actor.roles == {Role.ADMIN, Role.HEALER}
    assert app.actor.healer == app.accounts.healers()[0].uuid
    assert (app.settings().practice_name, app.settings().currency) == ("Praxis Grün & Söhne", "CHF")
    assert app.place.folder == paths.practices / "praxis-grun-sohne"
    assert sorted(f.name for f in app.place.folder.iterdir())[:2] == ["practice.db", "practice.db-shm"]
    assert len(recovery_key) == 41
    app.close()
    assert sorted(f.name for f in app.place.folder.iterdir()) == ["practice.db", "practice.keys", "practice.lock"]
    (place,) = practices.known()
    assert (place.practice_name, place.is_demo, place.last_opened) == ("Praxis Grün & Söhne", False, NOW)
    assert practices.people(place) == (KeyHolder("anna", "Anna Kern"),)
    again = practices.open(place, " ANNA ", PASSWORD)
    assert again.actor.uuid == app.actor.uuid
    again.close()


def test_nothing_is_readable_in_the_file(made: Made) -> None:
    assert b"Anna" not in made.place.database.read_bytes()
    assert not made.place.database.read_bytes().startswith(b"SQLite")


def test_what_the_founder_typed_wrong_leaves_nothing(practices: Practices, paths: Paths) -> None:
    for wrong in ({"password": "😀" * 20}, {"time_zone": "Nowhere"}, {"first_name": ""}, {"sign_in_name": "a b"}):
        with pytest.raises(RuleBroken) as raised:
            practices.create(founding(**wrong))
        assert raised.value.field == next(iter(wrong))
        assert [f.name for f in paths.practices.iterdir()] == [".making.lock"]
    assert practices.known() == ()


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("CON", "practice-con"),
        ("日本", "practice"),
        ("../../etc", "etc"),
        ("a" * 100, "a" * 40),
        ("🌿", "practice"),
    ],
)
def test_any_name_gives_a_harmless_folder(practices: Practices, paths: Paths, name: str, folder: str) -> None:
    app, _ = practices.create(founding(practice_name=name))
    app.close()
    assert app.place.folder == paths.practices / folder
    assert practices.known()[0].practice_name == name


def test_two_practices_of_one_name_are_two(practices: Practices, paths: Paths) -> None:
    first, _ = practices.create(founding())
    second, _ = practices.create(founding(first_name="Zoë", sign_in_name="zoe"))
    assert second.place.folder == paths.practices / "praxis-grun-sohne-2"
    add_ben(second)
    assert [p.name for p in first.accounts.people()] == ["Anna Kern"]
    first.close()
    second.close()
    assert [practices.people(p)[-1].sign_in_name for p in practices.known()] == ["zoe", "anna"]


def test_wrong_passwords(made: Made) -> None:
    for password in ("", "wrong", PASSWORD.upper(), NEW_PASSWORD, "😀" * 40):
        refused("keys.wrong_password", made, "anna", password)
    refused("keys.wrong_password", made, "nobody", PASSWORD)
    made.open().close()


def test_the_recovery_key_sets_a_new_password(made: Made) -> None:
    app = made.practices.recover(made.place, made.recovery_key.lower().replace("-", " "), "Anna", NEW_PASSWORD)
    assert app.actor.name == "Anna Kern"
    assert app.check_password(NEW_PASSWORD)
    app.close()
    refused("keys.wrong_password", made, "anna", PASSWORD)
    made.open(password=NEW_PASSWORD).close()
    made.practices.recover(made.place, made.recovery_key, "anna", PASSWORD).close()


def test_the_practice_keeps_its_own_log_of_who_came_in(made: Made) -> None:
    made.open().close()
    app = made.practices.recover(made.place, made.recovery_key, "anna", NEW_PASSWORD)
    with app._engine.connect() as connection:
        c = system_logs.c
        lines = connection.execute(sa.select(c.level, c.source, c.message).order_by(c.id)).all()
    app.close()
    assert [tuple(line) for line in lines] == [
        (LogLevel.INFO, "sign_in", "anna signed in"),
        (LogLevel.WARNING, "sign_in", "anna used the recovery key and set a new password"),
    ]


def test_recovery_that_is_refused_changes_nothing(made: Made, practices: Practices) -> None:
    other, other_key = practices.create(founding(practice_name="Other"))
    other.close()
    typo = made.recovery_key[:-1] + ("0" if made.recovery_key[-1] != "0" else "1")
    cases = [
        (typo, "anna", NEW_PASSWORD, "keys.recovery_typo"),
        (other_key, "anna", NEW_PASSWORD, "keys.wrong_recovery_key"),
        (made.recovery_key, "nobody", NEW_PASSWORD, "places.nobody"),
        (made.recovery_key, "anna", "😀" * 20, "accounts.password_too_long"),
    ]
    for key, name, password, code in cases:
        with pytest.raises(RuleBroken) as raised:
            practices.recover(made.place, key, name, password)
        assert raised.value.code == code
    made.open().close()


def test_a_new_recovery_key_ends_the_old_one(made: Made, app: App) -> None:
    fresh = app.new_recovery_key()
    app.close()
    with pytest.raises(RuleBroken) as raised:
        made.practices.recover(made.place, made.recovery_key, "anna", NEW_PASSWORD)
    assert raised.value.code == "keys.wrong_recovery_key"
    made.practices.recover(made.place, fresh, "anna", NEW_PASSWORD).close()


def test_an_added_person_signs_in_with_their_own_rights(made: Made, app: App) -> None:
    add_ben(app)
    app.close()
    assert made.practices.people(made.place) == (KeyHolder("anna", "Anna Kern"), KeyHolder("ben", "Ben Moor"))
    ben = made.open("ben")
    assert (ben.actor.name, ben.actor.roles, ben.actor.healer) == ("Ben Moor", {Role.FRONT_DESK}, None)
    with pytest.raises(NotAllowed):
        add_ben(ben, sign_in_name="cleo")
    with pytest.raises(NotAllowed):
        ben.new_recovery_key()
    ben.close()


def test_shut_out_is_out_until_let_in_again(made: Made, app: App) -> None:
    ben = add_ben(app).person
    app.do(DisablePerson(person=ben, version=1))
    app.close()
    refused("accounts.disabled", made, "ben", PASSWORD)
    with pytest.raises(NotAllowed):
        made.practices.recover(made.place, made.recovery_key, "ben", NEW_PASSWORD)
    assert [p.sign_in_name for p in made.practices.people(made.place)] == ["anna"]
    again = made.open()
    again.do(Undo())
    again.close()
    made.open("ben").close()


def test_shut_out_in_the_file_counts_even_if_the_key_file_is_an_old_copy(made: Made, app: App) -> None:
    ben = add_ben(app).person
    old = made.place.keys.read_bytes()
    app.do(DisablePerson(person=ben, version=1))
    app.close()
    made.place.keys.write_bytes(old)
    refused("accounts.disabled", made, "ben", PASSWORD)
    made.open().close()
    assert [p.sign_in_name for p in made.practices.people(made.place)] == ["anna"]


def test_passwords_change_for_the_next_sign_in(made: Made, app: App) -> None:
    ben = add_ben(app).person
    with pytest.raises(RuleBroken):
        app.do(ChangeMyPassword(old=NEW_PASSWORD, new=NEW_PASSWORD))
    app.do(ChangeMyPassword(old=PASSWORD, new=NEW_PASSWORD))
    assert app.check_password(NEW_PASSWORD)
    assert not app.check_password(PASSWORD)
    app.do(SetPassword(person=ben, password="a third one for ben"))
    app.close()
    refused("keys.wrong_password", made, "anna", PASSWORD)
    refused("keys.wrong_password", made, "ben", PASSWORD)
    made.open(password=NEW_PASSWORD).close()
    made.open("ben", "a third one for ben").close()


def test_the_pin_is_checked(app: App) -> None:
    assert not app.has_pin
    assert not app.check_pin("2468")
    app.do(SetPin(pin="2468"))
    assert app.has_pin
    assert app.check_pin("2468")
    assert not app.check_pin("2469")
    app.do(SetPin(pin=None))
    assert not app.has_pin


def test_settings_and_my_own_roles_are_up_to_date_after_a_change(made: Made, app: App) -> None:
    app.do(ChangeSettings(values=(("practice_name", "New Name"), ("time_zone", "Asia/Tokyo"))))
    assert (app.settings().practice_name, app.zone().key, app.place.practice_name) == (
        "New Name",
        "Asia/Tokyo",
        "New Name",
    )
    assert made.practices.known()[0].practice_name == "New Name"
    me = app.accounts.people()[0]
    app.do(
        EditPerson(
            person=me.uuid,
            version=me.version,
            first_name="Anna-Lena",
            last_name="Kern",
            roles=(Role.ADMIN,),
        )
    )
    assert (app.actor.name, app.actor.roles) == ("Anna-Lena Kern", {Role.ADMIN})
    assert made.practices.people(made.place) == (KeyHolder("anna", "Anna-Lena Kern"),)


def test_a_key_file_that_was_not_saved_is_finished_by_the_same_command(
    made: Made, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ChangeMyPassword(old=PASSWORD, new=NEW_PASSWORD)
    with monkeypatch.context() as broken:
        broken.setattr("avenrae_desktop.db.keyfile.write_whole", _no_room)
        with pytest.raises(Unavailable) as raised:
            app.do(command)
    assert raised.value.code == "keys.not_saved"
    assert app.do(command).repeated
    app.close()
    made.open(password=NEW_PASSWORD).close()


def test_a_program_that_died_before_the_key_file_leaves_the_old_password(
    made: Made, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(KeyFile, "save", _no_room)
        with pytest.raises(OSError, match="room"):
            app.do(ChangeMyPassword(old=PASSWORD, new=NEW_PASSWORD))
    app.close()
    refused("keys.wrong_password", made, "anna", NEW_PASSWORD)
    again = made.open()
    again.do(ChangeMyPassword(old=PASSWORD, new=NEW_PASSWORD))
    again.close()
    made.open(password=NEW_PASSWORD).close()


def _no_room(*_given: object) -> None:
    raise OSError(28, "no room")


def test_closing_twice_is_harmless_and_lets_the_file_go(made: Made) -> None:
    app = made.open()
    app.close()
    app.close()
    made.open().close()


def test_a_long_read_is_interrupted(app: App) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    told: list[str] = []

    def read() -> None:
        with pytest.raises(sa.exc.OperationalError) as raised, reading(app.accounts.engine) as connection:
            connection.exec_driver_sql(endless)
        told.append(str(raised.value))

    thread = threading.Thread(target=read)
    thread.start()
    until = time.monotonic() + 10
    while thread.is_alive() and time.monotonic() < until:
        app.interrupt()
        thread.join(0.05)
    assert not thread.is_alive()
    assert "interrupted" in told[0]


LIST_ONLY = """
import sys
from pathlib import Path
import avenrae_desktop.__main__
from avenrae_desktop.bootstrap import Practices
from avenrae_desktop.settings.paths import paths_under

practices = Practices(paths_under(Path(sys.argv[1])))
print(practices.people(practices.known()[0])[0].sign_in_name)
print([m for m in ("sqlalchemy", "sqlcipher3", "cryptography", "passlib", "PySide6") if m in sys.modules])
"""


def test_the_list_of_practices_needs_no_database_library(made: Made, paths: Paths) -> None:
    """The first window is painted before SQLAlchemy is loaded."""
    command = [sys.executable, "-c", LIST_ONLY, str(paths.data.parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["anna", "[]"]


def test_practices_are_listed_newest_first_and_can_be_forgotten(paths: Paths) -> None:
    days = {"One": 1, "Two": 2, "Three": 3}
    for name, day in days.items():
        Practices(paths, lambda day=day: NOW.replace(day=day)).create(founding(practice_name=name))[0].close()
    practices = Practices(paths, lambda: NOW)
    one = next(p for p in practices.known() if p.practice_name == "One")
    practices.open(one, "anna", PASSWORD).close()
    assert [p.practice_name for p in practices.known()] == ["One", "Three", "Two"]
    one.folder.rename(one.folder.with_name(".gone"))
    assert [p.practice_name for p in practices.known()] == ["One", "Three", "Two"]
    practices.forget(one)
    assert [p.practice_name for p in practices.known()] == ["Three", "Two"]
