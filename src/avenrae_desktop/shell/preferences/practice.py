"""The practice's own settings: its name, where it is, the shown day, and when windows lock."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.accounts.domain import ChangeSettings
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import Banner, Button, Card, ComboBox, Divider, LineEdit, PlainLabel, name, row
from avenrae_desktop.shell.preferences.section import SettingsSection, setting_row

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App

_LOCK_MINUTES = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60)
_HALF_HOUR = 30
_DAY = 24 * 60


class PracticeSection(SettingsSection):
    """Every choice is saved when it is made; the name with its button. Ctrl+Z takes any of them back."""

    def __init__(self, app: "App", runner: Runner, title: str) -> None:
        super().__init__(title)
        self._app, self._runner = app, runner
        self._name_shown = ""
        self.banner = Banner("danger")
        self.box.addWidget(self.banner)
        self._build_name()
        self._build_day()
        self._build_lock()
        may = app.actor.may(Permission.CHANGE_SETTINGS)
        for widget in (self.practice_name, self.save_name, self.week, self.starts, self.ends, self.lock):
            widget.setEnabled(may)
        runner.changed.connect(self._on_changed)
        self._show()

    def _build_name(self) -> None:
        settings = self._app.settings()
        card = self.card("")
        self.practice_name = LineEdit()
        name(self.practice_name, self.tr("Name of the practice"))
        self.save_name = Button(self.tr("Save name"))
        self.save_name.clicked.connect(self._save_name)
        self.practice_name.returnPressed.connect(self._save_name)
        self.practice_name.textChanged.connect(self._on_name)
        card.box.addWidget(PlainLabel(self.tr("Name of the practice"), "strong"))
        line = row(self.practice_name, self.save_name)
        line.setStretch(0, 1)
        card.box.addLayout(line)
        card.box.addWidget(Divider())
        detail = self.tr("All bookings are kept and shown in it.")
        zone = PlainLabel(settings.time_zone.replace("_", " "), selectable=True)
        card.box.addWidget(setting_row(self.tr("Time zone"), detail, zone))
        card.box.addWidget(Divider())
        currency = PlainLabel(settings.currency, selectable=True)
        card.box.addWidget(setting_row(self.tr("Currency"), self.tr("Of all prices and bookings."), currency))
        card.box.addWidget(Divider())
        self._build_home(card)

    def _build_home(self, card: Card) -> None:
        """Where the data is."""
        server = self._app.server
        if server is None:
            place = getattr(self._app.place, "folder", "")
            folder = PlainLabel(str(place), "small", wrap=True, selectable=True)
            detail = self.tr("Where all data is. Backups have a page of their own.")
            card.box.addWidget(setting_row(self.tr("Folder"), detail, QWidget()))
            card.box.addWidget(folder)
            return
        hosts = PlainLabel(", ".join(str(host) for host in server.hosts), selectable=True)
        detail = self.tr("Where all data is. Backups have a page of their own.")
        card.box.addWidget(setting_row(self.tr("Practice server"), detail, hosts))
        card.box.addWidget(Divider())
        database = PlainLabel(server.database, selectable=True)
        card.box.addWidget(setting_row(self.tr("Database"), "", database))

    def _build_day(self) -> None:
        card = self.card(self.tr("Calendar"))
        self.week = self._choice("week_starts_on", self.tr("Week starts on"))
        self.week.fill((QLocale().dayName(day + 1), day) for day in range(7))
        self.starts = self._choice("day_starts", self.tr("Day starts at"))
        self.ends = self._choice("day_ends", self.tr("Day ends at"))
        self.starts.fill((_clock(m), m) for m in range(0, _DAY, _HALF_HOUR))
        self.ends.fill((_clock(m), m) for m in range(_HALF_HOUR, _DAY + 1, _HALF_HOUR))
        card.box.addWidget(setting_row(self.tr("Week starts on"), "", self.week))
        card.box.addWidget(Divider())
        detail = self.tr("Where the calendar opens; earlier and later bookings can be scrolled to.")
        since, until = PlainLabel(self.tr("from"), "muted"), PlainLabel(self.tr("to"), "muted")
        since.setBuddy(self.starts)
        until.setBuddy(self.ends)
        card.box.addWidget(setting_row(self.tr("Shown day"), detail, since, self.starts, until, self.ends))

    def _build_lock(self) -> None:
        card = self.card(self.tr("Lock"))
        self.lock = self._choice("lock_minutes", self.tr("Lock after"))
        one, many = self.tr("1 minute"), self.tr("{n} minutes")
        self.lock.fill((one if n == 1 else many.format(n=n), n) for n in _LOCK_MINUTES)
        detail = self.tr("With nobody at the keyboard. Ctrl+L locks at once; what you were typing stays.")
        card.box.addWidget(setting_row(self.tr("Lock after"), detail, self.lock))

    def _choice(self, setting: str, label: str) -> ComboBox:
        box = ComboBox()
        name(box, label)
        box.changed.connect(lambda value: self._change(setting, str(value)))
        return box

    def _on_name(self, text: str) -> None:
        self.save_name.setVisible(text.strip() != self._app.settings().practice_name)

    def _save_name(self) -> None:
        self._change("practice_name", self.practice_name.text())

    def _change(self, setting: str, value: str) -> None:
        self._runner.start(self._save(ChangeSettings(values=((setting, value),))), self)

    async def _save(self, command: ChangeSettings) -> None:
        self.banner.clear()
        try:
            await self._runner.do(command, self)
        except AppError as error:
            self.banner.show_error(error)
            if error.field != "practice_name":
                self._show()

    def _show(self) -> None:
        settings = self._app.settings()
        values = ((self.week, settings.week_starts_on), (self.starts, settings.day_starts),
                  (self.ends, settings.day_ends), (self.lock, settings.lock_minutes))  # fmt: skip
        for box, value in values:
            if box.view().isVisible():
                # Somebody is choosing; what they choose is saved and shown then.
                continue
            blocked = box.blockSignals(True)
            box.set_value(value)
            box.blockSignals(blocked)
        if self.practice_name.text().strip() == self._name_shown:
            self.practice_name.setText(settings.practice_name)
        self._name_shown = settings.practice_name
        self._on_name(self.practice_name.text())

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.concerns({"setting", "practice"}):
            self._show()


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
