"""Goes through every screen of the program and judges each as people with weak eyes or without sight meet it.

`python -m tests.look.walk FILE --screen 1920x1040` writes {screen: [faults]} as JSON. It is a process of its own
because Qt takes its scale and its screens from the environment, once.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.shell.screenshots import Camera, run_screenshots
from avenrae_desktop.shell.window import MainWindow
from tests.look import clipped, colours, named


class Judge(Camera):
    """Looks at each screen instead of keeping its picture."""

    def __init__(self, asked: argparse.Namespace, *parts: Any) -> None:
        super().__init__(*parts)
        self.asked = asked
        self.found: dict[str, list[str]] = {}
        self.theme.zoom = asked.zoom
        self.judged: dict[str, set[tuple[str, int, int]]] = {"light": set(), "dark": set()}

    async def take(self, name: str, _size: QSize | None = None) -> None:
        for mode in self.asked.modes.split(","):
            room = self.window.screen().availableSize()
            wished = QSize(*map(int, self.asked.window.split("x"))) if self.asked.window else room
            self.window.setMinimumSize(self.window.minimumSize().boundedTo(room))
            self.window.resize(wished.boundedTo(room))
            self.theme.mode = mode
            await self.rest()
            shown = f"{name}-{mode}"
            self.found[shown] = [fault for each in tops() for fault in self.judge(each)]
            if self.asked.pictures:
                self.keep(shown)

    def judge(self, window: QWidget) -> list[str]:
        found = clipped.faults(window)
        if self.asked.names:
            found += named.faults(window)
        if self.asked.colours:
            found += colours.faults(window, self.judged[self.theme.mode])
        return found


def tops() -> list[QWidget]:
    """The windows that can be acted on: a dialog keeps the window behind it from that."""
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    return [w for w in shown if w.isModal()] or shown


def offscreen(size: str) -> str:
    """A platform that draws into memory, with a screen of that size in real pixels."""
    wide, high = map(int, size.split("x"))
    screen = {"name": "one", "x": 0, "y": 0, "width": wide, "height": high, "logicalDpi": 96, "logicalBaseDpi": 96}
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        json.dump({"synchronousWindowSystemEvents": False, "windowFrameMargins": False, "screens": [screen]}, file)
    return f"offscreen:configfile={file.name}"


def asked_for() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--screen", default="1280x720")
    parser.add_argument("--window", default="")
    parser.add_argument("--zoom", type=float, default=1.0)
    parser.add_argument("--modes", default="light,dark")
    parser.add_argument("--colours", action="store_true")
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--pictures", type=Path)
    return parser.parse_args()


def main() -> int:
    from avenrae_desktop.__main__ import _practices

    asked = asked_for()
    os.environ["QT_QPA_PLATFORM"] = offscreen(asked.screen)
    judges: list[Judge] = []

    def judge(window: MainWindow, runner: Runner, theme: Theme, folder: Path) -> Camera:
        judges.append(Judge(asked, window, runner, theme, folder))
        return judges[0]

    code = run_screenshots(asked.pictures or asked.file.parent, _practices, judge)
    asked.file.write_text(json.dumps(judges[0].found, indent=1, ensure_ascii=False))
    return code


if __name__ == "__main__":
    sys.exit(main())
