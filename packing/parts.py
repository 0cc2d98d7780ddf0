"""What the packaged program is made of: its version, and the Python packages that it runs on."""

import json
import sys
import tomllib
from collections.abc import Iterable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
Entry = tuple[str, str, str]
"""Of PyInstaller's lists: its name or place in the bundle, where it comes from, its kind."""
_PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
VERSION: str = _PROJECT["project"]["version"]
SHIPPED: dict[str, str] = _PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
"""Folders that the program finds beside its modules, with where they lie then: the same in wheel and bundle."""


def _notices() -> Any:
    """scripts/notices knows the packages; it has no suffix, so it is loaded by hand."""
    loader = SourceFileLoader("notices", str(ROOT / "scripts" / "notices"))
    spec = spec_from_loader("notices", loader)
    assert spec is not None
    module = module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


_known = _notices()


def sources() -> list[Path]:
    """Every file that the bundle is made from, but for the installed packages, which uv.lock names."""
    files = [
        ROOT / each for each in ("build.spec", "pyproject.toml", "uv.lock", "scripts/notices", "scripts/build")
    ]
    for folder in ("packing", "src", *SHIPPED):
        files += [
            each for each in (ROOT / folder).rglob("*") if each.is_file() and "__pycache__" not in each.parts
        ]
    return sorted(files)


def runtime_packages() -> list[str]:
    """The names of all packages that the program needs on this system."""
    return list(_known.runtime_packages())


def licence(name: str) -> str:
    """The licence that a package states of itself."""
    return str(_known.licence(_known.distribution(name)))


def write_origins(file: Path, modules: Iterable[Entry], files: Iterable[Entry]) -> None:
    """For the bill of materials: which file each module and each file of the bundle was made from."""
    file.parent.mkdir(parents=True, exist_ok=True)
    origins = {
        "modules": {name: source for name, source, _ in modules},
        "files": {target: source for target, source, kind in files if kind != "SYMLINK"},
    }
    file.write_text(json.dumps(origins, indent=1, sort_keys=True), encoding="utf-8")
