"""The look of the window on this computer."""

from PySide6.QtCore import QCoreApplication

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import ComboBox, Divider, SegmentedControl, name
from avenrae_desktop.shell.look_control import STEPS, LookControl
from avenrae_desktop.shell.preferences.section import SettingsSection, setting_row


class Appearance(SegmentedControl):
    """Light, dark, or as the system is."""

    def __init__(self, look: LookControl) -> None:
        tr = QCoreApplication.translate
        modes = [
            ("system", tr("Look", "Like the system")),
            ("light", tr("Look", "Light")),
            ("dark", tr("Look", "Dark")),
        ]
        super().__init__(tr("Look", "Appearance"), modes)
        self._look = look
        self.selected.connect(look.set_mode)
        current_theme().changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.set_value(self._look.theme.mode)


class LookSection(SettingsSection):
    def __init__(self, look: LookControl, title: str) -> None:
        super().__init__(title, QCoreApplication.translate("Look", "For this computer only."))
        self._look = look
        card = self.card("")
        self.mode = Appearance(look)
        detail = self.tr("Ctrl+Shift+D changes between light and dark.")
        card.box.addWidget(setting_row(self.tr("Appearance"), detail, self.mode))
        card.box.addWidget(Divider())
        self.zoom = ComboBox()
        name(self.zoom, self.tr("Size"))
        self.zoom.changed.connect(look.set_zoom)
        detail = self.tr("Of everything in the window. Ctrl++ and Ctrl+- do the same.")
        card.box.addWidget(setting_row(self.tr("Size"), detail, self.zoom))
        current_theme().changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        theme = self._look.theme
        blocked = self.zoom.blockSignals(True)
        # What the system's font asks for may lie between the steps.
        self.zoom.fill((f"{round(step * 100)} %", step) for step in sorted({*STEPS, theme.zoom}))
        self.zoom.set_value(theme.zoom)
        self.zoom.blockSignals(blocked)
