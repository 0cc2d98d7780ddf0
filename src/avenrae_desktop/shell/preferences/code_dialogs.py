"""One-time codes: making a new one for a colleague, and showing it, once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from avenrae_desktop.areas.accounts.codes import new_code
from avenrae_desktop.areas.accounts.domain import SetPassword
from avenrae_desktop.areas.accounts.queries import PersonRow
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.time import Clock, utc_now
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.dialogs.room import give_room
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, Card, PlainLabel, column, row
from avenrae_desktop.shell.preferences.person_words import when_text
from avenrae_desktop.shell.system_dialogs import print_sheet

HOURS = 24
"""How long a code is valid."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody who may come in with a code."""

    name: str
    sign_in_name: str
    code: str = field(repr=False)
    until: datetime


def steps(invitation: Invitation) -> tuple[str, ...]:
    """What the colleague does with the code."""
    tr = QCoreApplication.translate
    return (
        tr(
            "Code",
            "Start Avenrae Desktop and choose the practice. On a new computer, join the practice server first.",
        ),
        tr("Code", "Type the sign-in name {name} and this code.").format(name=f"“{invitation.sign_in_name}”"),
        tr("Code", "Choose a password that nobody else knows."),
    )


class NewCodeDialog(FormDialog):
    """Asks before the old password stops working; afterwards `invitation` holds the new code."""

    def __init__(
        self, person: PersonRow, runner: Runner, parent: QWidget | None = None, *, clock: Clock = utc_now
    ) -> None:
        title = QCoreApplication.translate("Code", "New code for {name}")
        super().__init__(title.format(name=person.name), runner, parent, width=440)
        self._person, self._clock = person, clock
        # One for the whole dialog: pressing again after a lost answer must not make another.
        self._code = new_code()
        self.invitation: Invitation | None = None
        text = self.tr("For somebody who forgot their password, or whose code was not used in time.")
        if person.has_account and person.code_until is None:
            text += " " + self.tr("The password that they have now stops working at once.")
        self.body.addWidget(PlainLabel(text, wrap=True))
        self.set_action(self.tr("Make a code"))

    async def save(self) -> None:
        person = self._person
        await self._runner.do(SetPassword(person=person.uuid, password=self._code), self)
        until = self._clock() + timedelta(hours=HOURS)
        self.invitation = Invitation(person.name, person.sign_in_name, self._code, until)


class CodeDialog(QDialog):
    """Shows the code large. It is kept nowhere: closed, it is gone."""

    def __init__(
        self,
        invitation: Invitation,
        practice: str,
        runner: Runner,
        parent: QWidget | None = None,
        *,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(parent)
        self._invitation, self._practice, self._runner = invitation, practice, runner
        title = self.tr("Code for {name}").format(name=invitation.name)
        self.setWindowTitle(title)
        self.setMinimumWidth(current_theme().px(500))
        until = when_text(invitation.until, clock())
        self._valid = self.tr("It works once, until {when}.").format(when=until)
        lead = self.tr("Give it to them in person or by phone. It is not shown again.")
        self.copy = Button(self.tr("&Copy"), icon="copy")
        self.print = Button(self.tr("&Print…"), icon="printer")
        self.ok = Button(self.tr("Done"), "primary")
        self.said = PlainLabel("", "small")
        self.copy.clicked.connect(self._copy)
        self.print.clicked.connect(lambda: runner.start(self._print(), self))
        self.ok.clicked.connect(self.accept)
        self.ok.setDefault(True)
        for button in (self.copy, self.print, self.ok):
            button.setProperty("footer", True)
        words = column(
            PlainLabel(title, "title", wrap=True), PlainLabel(f"{self._valid} {lead}", wrap=True), spacing=6
        )
        foot = row(self.copy, self.print, self.said, None, self.ok, spacing=8)
        self.setLayout(column(words, self._card(), self._steps(), foot, spacing=16, margins=20))
        self.setAccessibleDescription(f"{self._valid} {lead}")
        self.copy.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        give_room(self)

    def _card(self) -> QWidget:
        card = Card(margins=18, spacing=4)
        self.code = PlainLabel(self._invitation.code, "display", selectable=True)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setStyleSheet("font-family: monospace; letter-spacing: 2px;")
        # Read out letter by letter: "K d 7 m".
        self.code.setAccessibleName(self.tr("Code") + ": " + " ".join(self._invitation.code))
        who = self.tr("Sign-in name: {name}").format(name=self._invitation.sign_in_name)
        name = PlainLabel(who, "muted", selectable=True)
        name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.box.addWidget(self.code)
        card.box.addWidget(name)
        return card

    def _steps(self) -> QWidget:
        holder = QWidget()
        lines = QGridLayout()
        px = current_theme().px
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(px(10))
        lines.setVerticalSpacing(px(6))
        lines.setColumnStretch(1, 1)
        for number, text in enumerate(steps(self._invitation), 1):
            lines.addWidget(PlainLabel(f"{number}.", "strong"), number, 0, Qt.AlignmentFlag.AlignTop)
            lines.addWidget(PlainLabel(text, wrap=True), number, 1)
        holder.setLayout(lines)
        return holder

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._invitation.code)
        self.said.setText(self.tr("Copied"))

    async def _print(self) -> None:
        def draw(painter: QPainter, point: float) -> None:
            draw_code(painter, point, self._practice, self._invitation, self._valid, self.tr)

        try:
            printed = await print_sheet(self, draw)
        except AppError as error:
            self.said.setText(problem_texts(error)[0])
            return
        self.said.setText(self.tr("Sent to the printer") if printed else "")


def draw_code(
    painter: QPainter, point: float, practice: str, invitation: Invitation, valid: str, tr: Callable[[str], str]
) -> None:
    """Draw the sheet of paper; `point` is the length of 1/72 inch in the painter's units."""

    def text(y: float, height: float, size: float, words: str, family: str = "Inter") -> None:
        font = QFont(family)
        font.setPointSizeF(size)
        painter.setFont(font)
        painter.drawText(QRectF(0, y * point, 480 * point, height * point), int(Qt.TextFlag.TextWordWrap), words)

    text(0, 40, 20, tr("Code for {name}").format(name=invitation.name))
    text(40, 30, 13, practice)
    text(100, 40, 24, invitation.code, "monospace")
    text(150, 30, 12, tr("Sign-in name: {name}").format(name=invitation.sign_in_name))
    text(190, 30, 11, valid)
    for number, line in enumerate(steps(invitation), 1):
        text(200 + 32 * number, 30, 11, f"{number}. {line}")
