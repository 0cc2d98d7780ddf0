"""The settings: a list of sections at the left, the chosen one at the right."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import PlainLabel, column, name, row
from avenrae_desktop.shell.ground import Ground
from avenrae_desktop.shell.look_control import LookControl
from avenrae_desktop.shell.preferences.about import AboutSection
from avenrae_desktop.shell.preferences.account import AccountSection
from avenrae_desktop.shell.preferences.backups import BackupsSection
from avenrae_desktop.shell.preferences.hours import HoursSection
from avenrae_desktop.shell.preferences.look import LookSection
from avenrae_desktop.shell.preferences.practice import PracticeSection
from avenrae_desktop.shell.preferences.section import SettingsSection
from avenrae_desktop.shell.preferences.team import TeamSection

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App


class Sections(Mapping[str, SettingsSection]):
    """The sections by their keys, in order. Each is made when first asked for: all at once hold up the screen."""

    def __init__(self, stack: QStackedWidget) -> None:
        self._stack = stack
        self._makers: dict[str, tuple[QWidget, Callable[[], SettingsSection]]] = {}
        self._made: dict[str, SettingsSection] = {}

    def add(self, key: str, make: Callable[[], SettingsSection]) -> None:
        empty = QWidget()
        self._makers[key] = empty, make
        self._stack.addWidget(empty)

    def __getitem__(self, key: str) -> SettingsSection:
        if key not in self._made:
            empty, make = self._makers[key]
            self._made[key] = make()
            self._stack.insertWidget(self._stack.indexOf(empty), self._made[key])
            self._stack.removeWidget(empty)
            empty.deleteLater()
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


class SettingsPage(QWidget):
    """Which sections there are depends on what the person may do."""

    def __init__(
        self,
        app: "App",
        runner: Runner,
        look: LookControl,
        edit_hours: Callable[[], object],
        edit_time_off: Callable[[], object],
    ) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        name(self.list, self.tr("Sections of the settings"))
        self.stack = QStackedWidget()
        self.sections = Sections(self.stack)
        may = app.actor.may
        self._add("account", "circle-user", self.tr("My account"), partial(AccountSection, app, runner, look))
        self._add("look", "palette", self.tr("Look"), partial(LookSection, look))
        if may(Permission.MANAGE_PEOPLE):
            self._add("team", "users-round", self.tr("Team"), partial(TeamSection, app, runner))
        if may(Permission.MANAGE_HOURS):
            hours = self.tr("Hours and time off")
            self._add("hours", "clock", hours, lambda title: HoursSection(title, edit_hours, edit_time_off))
        self._add("practice", "house", self.tr("Practice"), partial(PracticeSection, app, runner))
        if may(Permission.SET_UP_PRACTICE):
            self._add("backups", "shield-check", self.tr("Backups"), partial(BackupsSection, app, runner))
        self._add("about", "info", self.tr("About"), AboutSection)
        self.list.currentRowChanged.connect(self._show_row)
        self.list.itemSelectionChanged.connect(self._go_to_selected)
        self.list.setCurrentRow(0)
        side = Ground("surface", "right")
        side.setLayout(column(PlainLabel(self.tr("Settings"), "title"), self.list, spacing=12, margins=16))
        box = row(side, self.stack, spacing=0)
        box.setStretch(1, 1)
        self.setLayout(box)
        self._side = side
        current_theme().changed.connect(self._fit)
        self._fit()
        self.setFocusProxy(self.list)

    def show_section(self, key: str) -> None:
        """Go to a section, by its key."""
        self.list.setCurrentRow(list(self.sections).index(key))

    def _go_to_selected(self) -> None:
        # An assistive program selects without moving there.
        chosen = self.list.selectedItems()
        if chosen:
            self.list.setCurrentItem(chosen[0])

    def back_up(self) -> None:
        """Go to the backups, and make one; nothing where the person may not."""
        section = self.sections.get("backups")
        if isinstance(section, BackupsSection):
            self.show_section("backups")
            section.back_up()

    def _show_row(self, number: int) -> None:
        if number >= 0:
            self.stack.setCurrentWidget(self.sections[list(self.sections)[number]])

    def _add(self, key: str, icon: str, title: str, make: Callable[[str], SettingsSection]) -> None:
        """`make` is given the title."""
        item = QListWidgetItem(title)
        item.setData(Qt.ItemDataRole.UserRole, icon)
        self.list.addItem(item)
        self.sections.add(key, lambda: make(title))

    def _fit(self) -> None:
        theme = current_theme()
        self._side.setFixedWidth(theme.px(232))
        self.list.setIconSize(QSize(theme.px(16), theme.px(16)))
        for i in range(self.list.count()):
            item = self.list.item(i)
            item.setIcon(theme.icon(item.data(Qt.ItemDataRole.UserRole), "muted", 18))
            # Asked for before the style is known, the rows' own height comes out too small.
            item.setSizeHint(QSize(0, theme.px(34)))
