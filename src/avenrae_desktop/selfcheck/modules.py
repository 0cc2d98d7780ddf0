"""Every module of the program can be loaded: nothing that one of them imports was left out of the package."""

import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import avenrae_desktop
from avenrae_desktop.selfcheck.finding import Found, expect

# Named on screen with their versions.
_NAMED = (
    "pyside6-essentials",
    "sqlalchemy",
    "sqlcipher3",
    "pymysql",
    "cryptography",
    "libpass",
    "typst",
    "tzdata",
)


def check(_folder: Path) -> Found:
    """How many modules there are, and the versions of the main libraries."""
    names = sorted(_names())
    for name in names:
        import_module(name)
    expect(len(names) > 100, f"only {len(names)} modules are there")
    packed = getattr(sys, "_MEIPASS", "")
    expect(
        not packed or packed not in os.environ.get("LD_LIBRARY_PATH", ""),
        "programs that we start would load our libraries",
    )
    if packed:
        helper = str(sys.modules["shibokensupport.signature.loader"].__file__)
        expect(helper.endswith(".pyc"), "PySide6 compiles its own modules at every start")
    return {"modules": len(names), "libraries": {name: version(name) for name in _NAMED}}


def _names() -> Iterator[str]:
    package = avenrae_desktop.__name__
    if getattr(sys, "frozen", False):
        found = _packed(import_module("pyimod02_importers").get_pyz_toc_tree()[package], f"{package}.")
    else:
        found = (each.name for each in walk_packages(avenrae_desktop.__path__, f"{package}."))
    return (name for name in found if not name.endswith("__main__"))


def _packed(tree: Mapping[str, Any], prefix: str) -> Iterator[str]:
    """As PyInstaller keeps them: packages are mappings of what is in them."""
    for name, inside in tree.items():
        if name:
            yield prefix + name
        if isinstance(inside, Mapping):
            yield from _packed(inside, f"{prefix}{name}.")
