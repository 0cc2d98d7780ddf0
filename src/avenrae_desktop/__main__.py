"""The command line: `avenrae` opens the window; everything else is a word after it.

Nothing heavy is imported here: the window is painted before the database's libraries are loaded, and no parser is
built where there is nothing to parse.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from avenrae_desktop import __version__

if TYPE_CHECKING:
    import argparse

    from avenrae_desktop.bootstrap import Practices
    from avenrae_desktop.settings.paths import Paths


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the process's exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given:
        return _gui()
    asked = _parser().parse_args(given)
    if asked.command == "screenshots":
        from avenrae_desktop.shell.screenshots import run_screenshots

        return run_screenshots(asked.folder, _practices)
    if asked.command in {"server", "generate", "backup", "restore", "export"}:
        from avenrae_desktop.terminal import words

        return words.run(asked)
    if asked.command == "selfcheck":
        from avenrae_desktop.selfcheck.run import run_selfcheck

        return run_selfcheck(asked)
    return _gui()


def _gui() -> int:
    from avenrae_desktop.shell.preflight import watched

    return watched(_window)


def _window() -> int:
    from avenrae_desktop.shell.run import run_gui

    return run_gui(_practices, _warm_up)


def _practices(paths: "Paths") -> "Practices":
    from avenrae_desktop.bootstrap import Practices

    return Practices(paths)


def _warm_up() -> None:
    """Load the database's libraries; called behind the first window. Raises Unavailable where one is missing."""
    from avenrae_desktop.shell.unfit.parts import telling_missing_parts

    with telling_missing_parts():
        from avenrae_desktop.bootstrap import warm_up

        warm_up()


def _parser() -> "argparse.ArgumentParser":
    import argparse

    from avenrae_desktop.selfcheck import words as selfcheck_words
    from avenrae_desktop.terminal import words

    parser = argparse.ArgumentParser(
        prog="avenrae", description="Practice management for healers, on one computer or on a server."
    )
    parser.add_argument("--version", action="version", version=f"Avenrae Desktop {__version__}")
    commands = parser.add_subparsers(dest="command", title="commands", metavar="")
    commands.add_parser("gui", help="open the window (what happens without a command)")
    screenshots = commands.add_parser("screenshots", help="draw every screen of the demo practice as PNG files")
    screenshots.add_argument("folder", type=Path, help="where the files go; made if it is not there")
    words.add_words(commands)
    selfcheck_words.add_words(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
