"""Where hours and time off are changed: doors into the calendar's own dialogs."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from avenrae_desktop.qtkit.widgets import Button, Divider
from avenrae_desktop.shell.preferences.section import SettingsSection, setting_row


class HoursSection(SettingsSection):
    def __init__(self, title: str, edit_hours: Callable[[], object], edit_time_off: Callable[[], object]) -> None:
        super().__init__(title, QCoreApplication.translate("Hours", "When each healer can be booked."))
        card = self.card("")
        self.hours = Button(self.tr("Edit weekly hours…"), icon="clock")
        self.time_off = Button(self.tr("Edit time off…"), icon="calendar-off")
        self.hours.clicked.connect(edit_hours)
        self.time_off.clicked.connect(edit_time_off)
        detail = self.tr("Working hours and breaks of a usual week. Key in the calendar: H.")
        card.box.addWidget(setting_row(self.tr("Weekly hours"), detail, self.hours))
        card.box.addWidget(Divider())
        detail = self.tr("Holidays, training, a day off: for one healer or the whole practice. Key: O.")
        card.box.addWidget(setting_row(self.tr("Time off"), detail, self.time_off))
