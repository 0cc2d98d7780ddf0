"""A practice on a server, as the program works with it: real accounts over TLS, on MySQL and MariaDB."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from avenrae_desktop.areas.accounts.codes import new_code
from avenrae_desktop.areas.accounts.domain import (
    AddPerson,
    ChangeMyPassword,
    DisablePerson,
    EditMyself,
    EditPerson,
    EnablePerson,
    SetPassword,
    SetPin,
)
from avenrae_desktop.areas.accounts.queries import PersonRow
from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.bootstrap.server.server_app import ServerApp
from avenrae_desktop.bootstrap.server.servers import Servers
from avenrae_desktop.kernel.bus import Undo
from avenrae_desktop.kernel.errors import AppError, Conflict, MustChoosePassword, NotAllowed, RuleBroken
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.link import LinkState
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.settings.paths import paths_under
from tests.support.server_practice import PASSWORD, ServerPractice, cheap_hashes, server_kind, server_practice

__all__ = ["server_kind", "server_practice"]

NEW = "another good long one"


class Computer:
    """One computer in the practice: signs people in, and is left tidy."""

    def __init__(self, practice: ServerPractice, folder: Path, stack: ExitStack) -> None:
        self.practice, self.stack = practice, stack
        self.servers = Servers(paths_under(folder))
        self.place = self.servers.join(practice.enrolment)

    def sign_in(self, name: str, password: str = PASSWORD) -> ServerApp:
        app = self.servers.sign_in(self.place, name, password)
        self.stack.callback(app.close)
        return app

    def person(self, who: str) -> ServerApp:
        return self.sign_in(self.practice.people[who].sign_in_name)

    def come_in(self, name: str, code: str, password: str) -> ServerApp:
        app = self.servers.choose_password(self.place, name, code, password)
        self.stack.callback(app.close)
        return app


@pytest.fixture
def computer(server_practice: ServerPractice, tmp_path: Path) -> Iterator[Computer]:
    with ExitStack() as stack:
        stack.enter_context(cheap_hashes())
        yield Computer(server_practice, tmp_path, stack)


def invite(admin: ServerApp, *roles: Role) -> tuple[PersonRow, str]:
    """Add somebody; returns them and their one-time code."""
    person, code = new_uuid(), new_code()
    name = f"ida_{person.hex[-8:]}"
    admin.do(
        AddPerson(person=person, first_name="Ida", last_name="Moor", sign_in_name=name, roles=roles, password=code)
    )
    return row(admin, name), code


def row(app: ServerApp, name: str) -> PersonRow:
    return next(p for p in app.accounts.people() if p.sign_in_name == name)


def refused(computer: Computer, name: str, password: str) -> AppError:
    with pytest.raises(AppError) as raised:
        computer.sign_in(name, password)
    return raised.value


def test_who_signs_in_is_who_acts(computer: Computer) -> None:
    app = computer.person("front_desk")
    assert app.actor.roles == {Role.FRONT_DESK}
    assert app.server == computer.practice.address
    client = new_uuid()
    app.do(AddClient(client=client, last_name="Bach"))
    assert app.clients.detail(client).name.endswith("Bach")
    query = "SELECT actor_id FROM commands ORDER BY id DESC LIMIT 1"
    assert computer.practice.execute(query) == [(app.actor.user_id,)]


def test_a_wrong_password_and_a_wrong_name_say_the_same(computer: Computer) -> None:
    name = computer.practice.people["healer"].sign_in_name
    wrong, nobody = refused(computer, name, "not the password"), refused(computer, "nobody", PASSWORD)
    assert isinstance(wrong, RuleBroken)
    assert (wrong.code, wrong.field) == (nobody.code, nobody.field) == ("server.wrong_password", "password")


def test_an_invited_person_comes_in_with_the_code_and_an_own_password(computer: Computer) -> None:
    admin = computer.person("admin")
    person, code = invite(admin, Role.FRONT_DESK)
    assert person.has_account
    assert person.code_until is not None
    name = person.sign_in_name
    assert isinstance(refused(computer, name, code), MustChoosePassword)
    with pytest.raises(RuleBroken) as raised:
        computer.come_in(name, code, "short")
    assert raised.value.field == "password"
    app = computer.come_in(name, code, NEW)
    assert app.actor.roles == {Role.FRONT_DESK}
    assert isinstance(refused(computer, name, code), RuleBroken)
    computer.sign_in(name, NEW)
    there = row(admin, name)
    assert there.code_until is None
    hashes = computer.practice.execute(f"SELECT password_hash FROM users WHERE sign_in_name = '{name}'")
    assert str(hashes[0][0]).startswith("$2")


def test_a_forgotten_password_is_replaced_by_a_code(computer: Computer) -> None:
    admin = computer.person("admin")
    person, code = invite(admin, Role.FRONT_DESK)
    name = person.sign_in_name
    computer.come_in(name, code, NEW)
    again = new_code()
    admin.do(SetPassword(person=person.uuid, password=again))
    assert isinstance(refused(computer, name, NEW), RuleBroken)
    computer.come_in(name, again, "yet another long one")


def test_who_is_shut_out_is_out_at_once_and_may_come_back(computer: Computer) -> None:
    admin = computer.person("admin")
    person, code = invite(admin, Role.FRONT_DESK)
    app = computer.come_in(person.sign_in_name, code, NEW)
    assert app.live.poll().state is LinkState.CONNECTED
    person = row(admin, person.sign_in_name)
    since = time.monotonic()
    admin.do(DisablePerson(person=person.uuid, version=person.version))
    seen = app.live.poll()
    assert time.monotonic() - since < 10
    assert isinstance(seen.ended, NotAllowed)
    with pytest.raises(NotAllowed):
        app.do(AddClient(client=new_uuid(), last_name="Bach"))
    assert isinstance(refused(computer, person.sign_in_name, NEW), NotAllowed)
    person = row(admin, person.sign_in_name)
    admin.do(EnablePerson(person=person.uuid, version=person.version))
    computer.sign_in(person.sign_in_name, NEW)


def test_shutting_out_can_be_undone(computer: Computer) -> None:
    admin = computer.person("admin")
    person, code = invite(admin, Role.FRONT_DESK)
    computer.come_in(person.sign_in_name, code, NEW)
    person = row(admin, person.sign_in_name)
    admin.do(DisablePerson(person=person.uuid, version=person.version))
    assert isinstance(refused(computer, person.sign_in_name, NEW), NotAllowed)
    admin.do(Undo())
    computer.sign_in(person.sign_in_name, NEW)


def test_a_new_role_works_without_signing_in_again(computer: Computer) -> None:
    admin = computer.person("admin")
    person, code = invite(admin, Role.FRONT_DESK)
    app = computer.come_in(person.sign_in_name, code, NEW)
    person = row(admin, person.sign_in_name)
    admin.do(
        EditPerson(
            person=person.uuid,
            version=person.version,
            first_name="Ida",
            last_name="Moor",
            roles=(Role.FRONT_DESK, Role.ADMIN),
        )
    )
    seen = app.live.poll()
    assert (seen.state, seen.ended) == (LinkState.CONNECTED, None)
    assert Role.ADMIN in app.actor.roles
    invite(app, Role.FRONT_DESK)


def test_an_own_password_is_changed_knowing_the_old_one(computer: Computer) -> None:
    admin = computer.person("admin")
    person, code = invite(admin, Role.FRONT_DESK)
    app = computer.come_in(person.sign_in_name, code, NEW)
    with pytest.raises(RuleBroken) as raised:
        app.do(ChangeMyPassword(old="not the old one", new="a third long password"))
    assert raised.value.field == "old"
    with pytest.raises(RuleBroken) as raised:
        app.do(ChangeMyPassword(old=NEW, new="short"))
    assert raised.value.field == "new"
    app.drafts.keep("half a booking")
    app.do(ChangeMyPassword(old=NEW, new="a third long password"))
    assert app.check_password("a third long password")
    assert not app.check_password(NEW)
    # Connections that are made from now on use it.
    app.session.engine.dispose()
    assert app.clients.detail(computer.practice.clients[0]).name
    again = computer.sign_in(person.sign_in_name, "a third long password")
    assert again.drafts.read() == "half a booking"


@pytest.mark.parametrize(
    ("ahead", "told"), [(timedelta(hours=1), True), (timedelta(hours=-1), True), (timedelta(0), False)]
)
def test_a_clock_that_is_an_hour_off_is_told(computer: Computer, ahead: timedelta, told: bool) -> None:
    computer.servers._clock = lambda: utc_now() + ahead
    app = computer.person("front_desk")
    assert (app.notice is not None) == told
    if app.notice is not None:
        here, there = app.notice.params["here"], app.notice.params["there"]
        assert here[3:] == there[3:]
        assert here != there


def test_a_pin_is_ones_own(computer: Computer) -> None:
    app = computer.person("healer")
    assert not app.has_pin
    app.do(SetPin(pin="2468"))
    assert app.has_pin
    assert app.check_pin("2468")
    assert not app.check_pin("1357")
    assert not computer.person("front_desk").has_pin
    assert computer.person("healer").check_pin("2468")
    app.do(SetPin(pin=None))
    assert not app.has_pin


def test_others_changes_arrive_and_own_ones_do_not(computer: Computer) -> None:
    one, other = computer.person("front_desk"), computer.person("healer")
    client = new_uuid()
    one.do(AddClient(client=client, last_name="Bach"))
    assert client not in {t.uuid for t in one.live.poll().changes.touched}
    assert client in {t.uuid for t in other.live.poll().changes.touched}
    assert other.live.poll().changes.touched == ()


def test_what_is_open_here_is_marked_there(computer: Computer) -> None:
    one, other = computer.person("front_desk"), computer.person("healer")
    client = computer.practice.clients[0]
    one.live.watch(("client", client))
    one.live.poll()
    (mark,) = other.live.poll().open_elsewhere
    assert (mark.kind, mark.record) == ("client", client)
    assert mark.person_name.startswith("Front")
    assert one.live.poll().open_elsewhere == ()
    one.live.watch(None)
    one.live.poll()
    assert other.live.poll().open_elsewhere == ()


def test_the_practice_is_known_from_now_on(computer: Computer) -> None:
    name = computer.practice.people["healer"].sign_in_name
    assert computer.servers.known()[0].last_opened is None
    computer.sign_in(name)
    (known,) = computer.servers.known()
    assert (known.practice_name, known.last_name) == ("Praxis am Fluss", name)
    assert known.last_opened is not None
    assert computer.servers.join(computer.practice.enrolment).file == known.file
    computer.servers.forget(known)
    assert computer.servers.known() == ()


def test_an_account_without_a_person_here_is_told_so(computer: Computer) -> None:
    practice = computer.practice
    practice.execute(
        f"CREATE USER 'stranger_{practice.database}'@'%' IDENTIFIED BY '{PASSWORD}'",
        f"GRANT SELECT ON {practice.database}.* TO 'stranger_{practice.database}'@'%'",
    )
    try:
        error = refused(computer, f"stranger_{practice.database}", PASSWORD)
        assert isinstance(error, NotAllowed)
    finally:
        practice.execute(f"DROP USER 'stranger_{practice.database}'@'%'")


def test_a_name_that_the_server_has_for_somebody_else_adds_nobody(computer: Computer) -> None:
    admin = computer.person("admin")
    before = len(admin.accounts.people())
    with pytest.raises(RuleBroken) as raised:
        admin.do(
            AddPerson(
                person=new_uuid(),
                first_name="Ida",
                last_name="Moor",
                sign_in_name=str(computer.practice.root.username),
                roles=(Role.FRONT_DESK,),
                password=new_code(),
            )
        )
    assert (raised.value.code, raised.value.field) == ("server_accounts.account_exists", "sign_in_name")
    assert len(admin.accounts.people()) == before


@pytest.mark.parametrize("who", ["front_desk", "healer", "admin"])
def test_everybody_changes_their_own_name_and_address(computer: Computer, who: str) -> None:
    app = computer.person(who)
    mine = row(app, computer.practice.people[who].sign_in_name)
    values = {"person": mine.uuid, "first_name": "Ada", "last_name": "Moor", "email": f"{mine.sign_in_name}@a.org"}
    app.do(EditMyself(version=mine.version, **values))
    assert app.actor.name == "Ada Moor"
    assert row(app, mine.sign_in_name).email == values["email"]
    with pytest.raises(Conflict):
        app.do(EditMyself(version=mine.version, **values))
    app.do(Undo())
    assert row(app, mine.sign_in_name).name == mine.name
    if mine.healer is not None:
        assert mine.name in {h.name for h in app.accounts.healers()}
