"""People on a practice server: invited by a code, seen, shut out; and two administrators at once."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from PySide6.QtGui import QGuiApplication, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from avenrae_desktop.areas.accounts.domain import ChangeSettings, EditMyself, EditPerson
from avenrae_desktop.areas.accounts.queries import PersonRow
from avenrae_desktop.bootstrap import App, Practices
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.qtkit.widgets import Button, PlainLabel
from avenrae_desktop.settings.paths import Paths
from avenrae_desktop.shell.preferences.account import AccountSection
from avenrae_desktop.shell.preferences.code_dialogs import CodeDialog, Invitation, NewCodeDialog, draw_code
from avenrae_desktop.shell.preferences.myself_dialog import MyselfDialog
from avenrae_desktop.shell.preferences.person_dialog import PersonDialog
from avenrae_desktop.shell.preferences.person_words import standing
from avenrae_desktop.shell.preferences.practice import PracticeSection
from avenrae_desktop.shell.preferences.team import TeamSection
from tests.shell.hands import Hands, dialogs
from tests.shell.server_like import HOST, ServerLike
from tests.shell.test_settings import settings_page
from tests.shell.test_workspace_live import served
from tests.support.qt import InLoop

__all__ = ["served"]

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
PERSON = PersonRow(
    UUID(int=1), "Elena Costa", "Elena", "Costa", "elena", (Role.HEALER,), None, None, None, 1, False
)


@pytest.mark.parametrize(
    ("changes", "mark", "words"),
    [
        ({}, "No account yet", "Make a code to let them in"),
        ({"has_account": True}, "", "Not here yet"),
        (
            {"has_account": True, "code_until": NOW + timedelta(hours=3)},
            "Invited",
            "The code is valid until today",
        ),
        (
            {"has_account": True, "code_until": NOW - timedelta(hours=3)},
            "Code over",
            "The code was not used in time",
        ),
        ({"has_account": True, "seen_at": NOW - timedelta(seconds=9)}, "Here now", ""),
        ({"has_account": True, "seen_at": NOW - timedelta(days=1)}, "", "Last here yesterday"),
        ({"has_account": True, "seen_at": NOW - timedelta(days=9)}, "", "Last here Sun 1 Mar 2026"),
        ({"has_account": True, "seen_at": NOW, "disabled": True}, "Shut out", "Last here today"),
    ],
)
def test_how_somebody_stands_is_said_in_words(changes: dict, mark: str, words: str) -> None:
    told = standing(PERSON._replace(**changes), NOW, on_server=True)
    assert (told.mark, told.words.partition(",")[0]) == (mark, words)


def test_on_a_file_nobody_needs_an_account() -> None:
    assert standing(PERSON, NOW, on_server=False).mark == ""
    seen = standing(PERSON._replace(seen_at=NOW - timedelta(hours=2)), NOW, on_server=False)
    assert seen.words.startswith("Last here today")


async def team(hands: Hands) -> TeamSection:
    section = settings_page(hands, "team").sections["team"]
    assert isinstance(section, TeamSection)
    await hands.until(lambda: section.people)
    return section


def test_somebody_is_invited_and_the_code_is_shown_once(
    served: ServerLike, hands: Hands, in_loop: InLoop, paths: Paths
) -> None:
    async def run() -> None:
        section = await team(hands)
        section.add.click()
        dialog = await hands.dialog()
        assert isinstance(dialog, PersonDialog)
        assert not hasattr(dialog, "password")
        await hands.until(dialog.first_name.hasFocus)
        await hands.type("Jan")
        dialog._roles[Role.HEALER].setChecked(False)
        dialog._roles[Role.FRONT_DESK].setChecked(True)
        dialog.submit()
        await hands.until(lambda: any(isinstance(d, CodeDialog) for d in dialogs()))
        shown = next(d for d in dialogs() if isinstance(d, CodeDialog))
        code = shown.code.text()
        assert len(code) >= 12
        assert " ".join(code) in shown.code.accessibleName()
        assert "It works once, until tomorrow" in shown.accessibleDescription()
        shown.copy.click()
        assert QGuiApplication.clipboard().text() == code
        shown.accept()
        await hands.until(lambda: any(p.sign_in_name == "jan" for p in section.people))
        assert not any(code in widget.accessibleName() for widget in QApplication.allWidgets())

    in_loop(run())


def test_a_new_code_asks_first_and_a_cancelled_one_changes_nothing(
    served: ServerLike, hands: Hands, in_loop: InLoop
) -> None:
    async def run() -> None:
        section = await team(hands)
        elena = next(p for p in section.people if p.sign_in_name == "elena")
        section._new_code(elena._replace(has_account=True))
        dialog = await hands.dialog()
        assert isinstance(dialog, NewCodeDialog)
        assert any("stops working at once" in label.text() for label in dialog.findChildren(PlainLabel))
        dialog.reject()
        await hands.rest()
        assert dialogs() == []
        section._new_code(elena)
        dialog = await hands.dialog()
        assert isinstance(dialog, NewCodeDialog)
        dialog.submit()
        await hands.until(lambda: any(isinstance(d, CodeDialog) for d in dialogs()))
        next(d for d in dialogs() if isinstance(d, CodeDialog)).accept()
        await hands.rest()

    in_loop(run())


def test_the_code_is_in_no_repr_and_fits_on_paper(qapp: QApplication, tmp_path: object) -> None:
    invitation = Invitation("Jana Marti", "jana", "Kd7m-Wq3x-Tz9p-Hf4n", NOW)
    assert "Kd7m" not in repr(invitation)
    file = f"{tmp_path}/code.pdf"
    writer = QPdfWriter(file)
    painter = QPainter(writer)
    draw_code(painter, writer.resolution() / 72, "Lindenhof", invitation, "It works once.", str)
    painter.end()


def test_the_list_stays_under_the_hands_when_a_colleague_changes_it(
    served: ServerLike, hands: Hands, in_loop: InLoop
) -> None:
    async def run() -> None:
        section = await team(hands)
        kenji = next(p for p in section.people if p.sign_in_name == "kenji")
        await hands.until(lambda: section._lines)
        lines = list(section._lines)
        served.elsewhere(ChangeSettings(values=(("lock_minutes", "9"),)))
        await section.reload()
        assert section._lines == lines
        button = next(b for b in section.findChildren(Button) if b.accessibleName() == "Edit Kenji Watanabe")
        button.setFocus()
        served.elsewhere(
            EditPerson(
                person=kenji.uuid, version=kenji.version, first_name="Kenji", last_name="Watanabe",
                roles=(Role.HEALER, Role.FRONT_DESK), healer_type=kenji.healer_type, hue=kenji.hue,
            )
        )  # fmt: skip
        await hands.until(lambda: section._lines != lines)
        await hands.rest()
        focused = hands.program.window.focusWidget()
        assert focused is not None
        assert focused is not button
        assert focused.accessibleName() == "Edit Kenji Watanabe"

    in_loop(run())


def test_two_administrators_edit_the_same_person(served: ServerLike, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        section = await team(hands)
        kenji = next(p for p in section.people if p.sign_in_name == "kenji")
        section._edit(kenji)
        dialog = await hands.dialog()
        assert isinstance(dialog, PersonDialog)
        assert served.live.watched[-1] == ("person", kenji.uuid)
        assert dialog.newer is not None
        dialog.last_name.setText("Mine")
        served.elsewhere(
            EditPerson(
                person=kenji.uuid, version=kenji.version, first_name="Ken", last_name="Theirs",
                roles=(Role.HEALER, Role.ADMIN), healer_type=kenji.healer_type, hue="teal",
            )
        )  # fmt: skip
        await hands.until(dialog.newer.isVisible)
        lines = dialog.newer.lines
        assert list(lines) == ["first_name", "last_name", "roles", "hue"]
        assert lines["hue"].theirs.text() == "Teal"
        assert (dialog.first_name.text(), dialog.last_name.text()) == ("Ken", "Mine")
        assert dialog.roles() == (Role.HEALER, Role.ADMIN)
        dialog.newer.mine.emit()
        await hands.until(lambda: not dialogs())
        await section.reload()
        found = next(p for p in section.people if p.uuid == kenji.uuid)
        assert (found.name, set(found.roles), found.hue) == ("Ken Mine", {Role.HEALER, Role.ADMIN}, "teal")

    in_loop(run())


def test_a_name_that_is_being_typed_is_not_overwritten(served: ServerLike, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        section = settings_page(hands, "practice").sections["practice"]
        assert isinstance(section, PracticeSection)
        section.practice_name.setText("Half a na")
        served.elsewhere(ChangeSettings(values=(("practice_name", "Lindenhof"), ("lock_minutes", "10"))))
        await hands.until(lambda: section.lock.value() == 10)
        assert section.practice_name.text() == "Half a na"
        assert HOST in [label.text() for label in section.findChildren(PlainLabel)]

    in_loop(run())


def test_my_name_and_e_mail_are_changed_refused_and_taken_back(
    demo: App, hands: Hands, in_loop: InLoop, paths: Paths
) -> None:
    async def run() -> None:
        section = settings_page(hands, "account").sections["account"]
        assert isinstance(section, AccountSection)
        section.edit.click()
        dialog = await hands.dialog()
        assert isinstance(dialog, MyselfDialog)
        dialog.email.setText("not an address")
        dialog.submit()
        await hands.until(dialog.banner.text)
        assert "does not look right" in dialog.banner.text()
        assert dialog.email.property("invalid")
        dialog.email.setText("Mira@Example.org")
        dialog.last_name.setText("Vossberg")
        dialog.submit()
        await hands.until(lambda: section.name.text() == "Mira Vossberg")
        assert hands.work.status.who.text() == "Mira Vossberg"
        me = demo.accounts.member(demo.actor.uuid)
        assert me is not None
        assert me.person.email == "mira@example.org"
        assert [p.display_name for p in Practices(paths).people(demo.place) if p.sign_in_name == "demo"] == [  # type: ignore[arg-type]
            "Mira Vossberg"
        ]
        hands.work.undo()
        await hands.until(lambda: section.name.text() == "Mira Voss")

    in_loop(run())


def test_my_name_changed_at_another_desk_while_i_change_it(
    served: ServerLike, hands: Hands, in_loop: InLoop
) -> None:
    async def run() -> None:
        section = settings_page(hands, "account").sections["account"]
        assert isinstance(section, AccountSection)
        section.edit.click()
        dialog = await hands.dialog()
        assert isinstance(dialog, MyselfDialog)
        assert dialog.newer is not None
        me = served.app.actor.uuid
        version = dialog._edited_person.version
        served.elsewhere(EditMyself(person=me, version=version, first_name="Miranda", last_name="Voss"))
        await hands.until(lambda: dialog.first_name.text() == "Miranda")
        await asyncio.sleep(0)
        assert not dialog.dirty
        dialog.reject()
        await hands.rest()

    in_loop(run())


def test_light_and_dark_are_chosen_in_my_account_too(
    demo: App, hands: Hands, in_loop: InLoop, theme: object
) -> None:
    async def run() -> None:
        section = settings_page(hands, "account").sections["account"]
        assert isinstance(section, AccountSection)
        section.mode.selected.emit("dark")
        await hands.until(lambda: hands.work.look.theme.dark)
        assert section.mode.value == "dark"

    in_loop(run())
