"""The strip at the top: the command bar, and the one thing that is done all day."""

from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, IconButton, plain_tip, row
from avenrae_desktop.shell.ground import Ground
from avenrae_desktop.shell.workspace.command_bar import CommandBar


class TopBar(Ground):
    def __init__(self, runner: Runner) -> None:
        super().__init__("surface", "bottom")
        px = current_theme().px
        self.commands = CommandBar(runner, self)
        self.commands.setMinimumWidth(px(320))
        self.commands.setMaximumWidth(px(570))
        self.help = IconButton("keyboard", self.tr("Keys (F1)"))
        self.new = Button(self.tr("New booking"), "primary", icon="plus")
        self.new.setToolTip(plain_tip(self.tr("New booking (Ctrl+B, or N in the calendar)")))
        self.new.show_key(self.tr("Ctrl+B"))
        box = row(self.commands, None, self.help, self.new, spacing=10)
        box.setStretch(0, 10)
        box.setContentsMargins(px(20), px(9), px(20), px(9))
        self.setLayout(box)
