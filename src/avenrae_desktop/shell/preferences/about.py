"""What this program is, and what it is made of."""

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtWidgets import QPlainTextEdit

from avenrae_desktop import __version__
from avenrae_desktop.qtkit.assets import licence_paths
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import IconLabel, PlainLabel, column, name, row
from avenrae_desktop.shell.preferences.section import SettingsSection

_PARTS = (
    ("PySide6", "PySide6-Essentials", "LGPL-3.0"),
    ("SQLAlchemy", "SQLAlchemy", "MIT"),
    ("sqlcipher3 (SQLCipher, SQLite)", "sqlcipher3", "BSD-3-Clause, zlib, public domain"),
    ("cryptography", "cryptography", "Apache-2.0 or BSD-3-Clause"),
    ("bcrypt", "bcrypt", "Apache-2.0"),
    ("libpass", "libpass", "BSD-3-Clause"),
    ("qasync", "qasync", "BSD-2-Clause"),
    ("PyMySQL", "PyMySQL", "MIT"),
    ("typst", "typst", "Apache-2.0"),
    ("tzdata", "tzdata", "Apache-2.0"),
    ("email-validator", "email-validator", "Unlicense"),
    ("XlsxWriter", "XlsxWriter", "BSD-2-Clause"),
)


class AboutSection(SettingsSection):
    def __init__(self, title: str) -> None:
        super().__init__(title)
        head = self.card("")
        names = column(
            PlainLabel("Avenrae Desktop", "heading"),
            PlainLabel(
                self.tr("Version {version} · Python {python} · Qt {qt}").format(
                    version=__version__, python=platform.python_version(), qt=qVersion()
                ),
                "muted",
                selectable=True,
            ),
            spacing=1,
        )
        line = row(IconLabel("sparkles", "accent", 32), spacing=14)
        line.addLayout(names, 1)
        head.box.addLayout(line)
        qt = self.card(self.tr("Qt"))
        qt.box.addWidget(PlainLabel(qt_notice(), wrap=True, selectable=True))
        parts = self.card(self.tr("Also made of"))
        for shown, package, licence in _PARTS:
            parts.box.addLayout(
                row(PlainLabel(f"{shown} {_version(package)}".strip()), None, PlainLabel(licence, "muted"))
            )
        texts = self.card(self.tr("Licence texts"))
        self.licences = QPlainTextEdit("\n\n".join(p.read_text(encoding="utf-8") for p in licence_paths()))
        self.licences.setReadOnly(True)
        self.licences.setTabChangesFocus(True)
        self.licences.setMinimumHeight(current_theme().px(160))
        name(self.licences, self.tr("Licence texts"))
        texts.box.addWidget(self.licences)


def qt_notice() -> str:
    """What the LGPL wants people to know."""
    return QCoreApplication.translate(
        "About",
        "This program uses Qt and PySide6 under the GNU Lesser General Public License, version 3. They are used"
        " unchanged and as separate libraries: you may replace them by your own builds. Their source code is at"
        " https://code.qt.io, the licence at https://www.gnu.org/licenses/lgpl-3.0.html.",
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
