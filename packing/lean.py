"""What of Qt, of Python and of the libraries stays out of the bundle, and why it can."""

import fnmatch
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath

from parts import Entry

# Modules that are never imported by the program, though a library of ours names them somewhere.
EXCLUDED_MODULES = [
    "PySide6.QtDBus",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtQuickWidgets",
    "PySide6.QtSql",
    "PySide6.QtTest",
    "PyInstaller",
    "_pytest",
    "dns",  # e-mail addresses are checked for their form; no domain is ever looked up
    "ensurepip",
    "greenlet",
    "lib2to3",
    "multiprocessing",
    "mypy",
    "passlib.apache",
    "passlib.ext.django",
    "passlib.tests",
    "pip",
    "pydoc_data",
    "pytest",
    "setuptools",
    "pkg_resources",
    "sqlalchemy.dialects.mssql",
    "sqlalchemy.dialects.oracle",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.ext.mypy",
    "sqlalchemy.testing",
    "sqlite3",  # SQLCipher brings the only SQLite there is
    "tkinter",
    "test",
    "turtle",
    "unittest",
]

# What PyInstaller would run before the program, for needs that we do not have: each delays the first picture.
DROPPED_HOOKS = {
    "pyi_rth_cryptography_openssl",
    "pyi_rth_inspect",
    "pyi_rth_multiprocessing",
    "pyi_rth_pkgutil",
}

# Of the plugins of Qt the folders and files that are kept; all others need modules that we do not have.
KEPT_PLUGINS = (
    "iconengines/*svgicon*",
    "imageformats/*qico*",
    "imageformats/*qjpeg*",
    "imageformats/*qsvg*",
    "platforminputcontexts/*compose*",
    "platforminputcontexts/*ibus*",
    "platforms/*cocoa*",
    "platforms/*offscreen*",
    "platforms/*qwayland*",
    "platforms/*qwindows*",
    "platforms/*xcb*",
    "platformthemes/*xdgdesktopportal*",
    "printsupport/*",
    "styles/*",
    "wayland-decoration-client/*bradient*",
    "wayland-shell-integration/*xdg-shell*",
)

# Libraries that only the plugins left out would load.
DROPPED_LIBRARIES = (
    # Printing takes the machine's own CUPS: without it there is no printer either.
    "libcups*",
    "libQt6EglF[sS]*",
    "libQt6OpenGL*",
    "libQt6Qml*",
    "libQt6Quick*",
    "libQt6Sql*",
    "libQt6Test*",
    "libQt6VirtualKeyboard*",
    "libQt6WlShellIntegration*",
    "opengl32sw.dll",
    "Qt6Qml*",
    "Qt6Quick*",
    "Qt6OpenGL*",
)


def is_kept(destination: str) -> bool:
    """Whether a file goes into the bundle, by where it would lie there (as in `PySide6/Qt/plugins/...`)."""
    path = PurePath(destination.replace("\\", "/"))
    parts = path.parts
    if "translations" in parts and "PySide6" in parts:
        return False
    if "plugins" in parts and "PySide6" in parts:
        inside = "/".join(parts[parts.index("plugins") + 1 :])
        return any(fnmatch.fnmatchcase(inside, kept) for kept in KEPT_PLUGINS)
    if "qml" in parts and "PySide6" in parts:
        return False
    if "sboms" in parts and path.suffix == ".json":
        return False  # bills of what single packages were made from; the bundle has one of its own
    return not any(fnmatch.fnmatchcase(path.name, dropped) for dropped in DROPPED_LIBRARIES)


def without_orphans(binaries: Iterable[Entry]) -> list[Entry]:
    """Leaves out the system's libraries that nothing in the bundle needs any more."""
    kept = list(binaries)
    if sys.platform != "linux":
        return kept
    needs = {source: _needs(source) for _, source, _ in kept}
    while True:
        wanted = set().union(*(needs[source] for _, source, _ in kept))
        left = [each for each in kept if not _is_systems(each) or PurePath(each[0]).name in wanted]
        if len(left) == len(kept):
            return kept
        kept = left


def _needs(library: str) -> set[str]:
    """The names of the libraries that one asks for itself, not those that they ask for in turn."""
    told = subprocess.run(["objdump", "-p", library], capture_output=True, text=True, check=True).stdout
    return {line.split()[1] for line in told.splitlines() if line.strip().startswith("NEEDED")}


def _is_systems(entry: Entry) -> bool:
    source = Path(entry[1])
    # Python's own library is opened by the loader: nobody names it as needed.
    is_python = source.name.startswith("libpython")
    return "/" not in entry[0] and not is_python and str(source).startswith(("/lib/", "/usr/lib/"))
