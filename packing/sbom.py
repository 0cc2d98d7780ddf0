"""The bill of materials of a bundle, as CycloneDX JSON: every file, and whose work it is.

The origins written while packing say what each file was made from; a file of unknown origin stops the build.
"""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from parts import ROOT, VERSION, licence, runtime_packages

FILE = "sbom.cdx.json"


@dataclass
class Part:
    """Somebody's work: a package with its version, and which files of the bundle come from it."""

    kind: str
    name: str
    version: str
    licence: str
    purl: str = ""
    files: set[str] = field(default_factory=set)
    modules: int = 0


class UnknownOriginError(Exception):
    """Nobody knows whose file this is."""


class Origins:
    """Tells for each source file whose work it is."""

    def __init__(self) -> None:
        self.ours = Part("application", "avenrae-desktop", VERSION, "LicenseRef-proprietary")
        self.python = Part(
            "platform", "cpython", sys.version.split()[0], "PSF-2.0", f"pkg:generic/python@{_python()}"
        )
        self.builder = _package("pyinstaller", "GPL-2.0-or-later WITH Bootloader-exception")
        self.inter = Part("data", "inter", "4.001", "OFL-1.1", "pkg:github/rsms/inter")
        self.lucide = Part("data", "lucide", "", "ISC", "pkg:github/lucide-icons/lucide")
        self.parts = [self.ours, self.python, self.builder, self.inter, self.lucide]
        self._known: dict[Path, Part] = {}
        for name in runtime_packages():
            part = _package(name, licence(name))
            self.parts.append(part)
            for file in distribution(name).files or []:
                self._known[Path(str(file.locate())).resolve()] = part
        self._debian: dict[str, str] = {}
        self._packages: dict[str, Part] = {}

    def of(self, source: Path) -> Part:
        """Whose file it is; raises UnknownOriginError."""
        real = source.resolve()
        if real in self._known:
            return self._known[real]
        if real.is_relative_to(ROOT / "resources" / "fonts"):
            return self.inter
        if real.is_relative_to(ROOT / "resources" / "icons"):
            return self.lucide
        if any(real.is_relative_to(ROOT / each) for each in ("src", "resources", "database", "packing")):
            return self.ours
        if "shibokensupport" in real.parts:  # taken out of its library, compiled
            return next(each for each in self.parts if each.name == "shiboken6")
        if _is_pythons(real):
            return self.python
        if "PyInstaller" in real.parts or "_pyinstaller_hooks_contrib" in real.parts:
            return self.builder
        return self._from_debian(source)

    def ask_dpkg(self, sources: Iterable[str]) -> None:
        """Learn of all these files at once which Debian package they come from; `of` then knows."""
        asked = [path for source in sources for path in _spellings(Path(source))]
        # It fails where it does not know one of them, and tells the others nevertheless.
        told = subprocess.run(["dpkg", "-S", *asked], capture_output=True, text=True, check=False).stdout
        for line in told.splitlines():
            names, _, path = line.rpartition(": ")
            self._debian[path] = names.split(",")[0].split(":")[0]

    def _from_debian(self, source: Path) -> Part:
        name = next((self._debian[path] for path in _spellings(source) if path in self._debian), None)
        if name is None:
            raise UnknownOriginError(str(source))
        if name not in self._packages:
            self._packages[name] = _debian(name)
            self.parts.append(self._packages[name])
        return self._packages[name]


def write_sbom(bundle: Path, origins_file: Path, made_at: str) -> list[Part]:
    """Write the bill into the bundle; gives the parts in it. `made_at` is an ISO time in UTC."""
    origins = Origins()
    written = json.loads(origins_file.read_text(encoding="utf-8"))
    origins.ask_dpkg(source for source in written["files"].values() if source.startswith(("/lib/", "/usr/")))
    for source in written["modules"].values():
        if source not in ("-", ""):
            origins.of(Path(source)).modules += 1
    for path in files_of(bundle):
        _owner(origins, written["files"], path).files.add(path)
    parts = [each for each in origins.parts if each.files or each.modules]
    text = json.dumps(_bill(bundle, parts, origins.ours, made_at), indent=1, ensure_ascii=False)
    (bundle / FILE).write_text(text + "\n", encoding="utf-8")
    return parts


def files_of(bundle: Path) -> list[str]:
    """Every file but the bill itself, as its path in the bundle; links count by what they lead to."""
    found = (
        each.relative_to(bundle).as_posix()
        for each in bundle.rglob("*")
        if each.is_file() and not each.is_symlink()
    )
    return sorted(each for each in found if each != FILE)


def _owner(origins: Origins, sources: dict[str, str], path: str) -> Part:
    inside = path.removeprefix("_internal/")
    if inside in sources and not inside.endswith("base_library.zip"):
        return origins.of(Path(sources[inside]))
    if inside.endswith("base_library.zip"):
        return origins.python
    if path == "avenrae":
        return origins.builder  # its loader; the modules in it are counted with their packages
    if path.startswith(("licences/", "share/")) or path in ("README.txt", "add-to-menu"):
        return origins.ours
    raise UnknownOriginError(path)


def _bill(bundle: Path, parts: list[Part], ours: Part, made_at: str) -> dict[str, Any]:
    program = {"type": "application", "bom-ref": ours.name, "name": ours.name, "version": ours.version}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": made_at, "component": program},
        "components": [_component(bundle, part, own=part is ours) for part in parts],
    }


def _component(bundle: Path, part: Part, *, own: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": part.kind,
        "bom-ref": f"{part.name}-files" if own else f"{part.name}@{part.version}",
        "name": part.name,
        "version": part.version,
        "licenses": [_licence(part.licence)],
        "properties": [{"name": "avenrae:modules-in-program", "value": str(part.modules)}],
        "components": [
            {
                "type": "file",
                "bom-ref": f"file:{path}",
                "name": path,
                "hashes": [
                    {"alg": "SHA-256", "content": hashlib.sha256((bundle / path).read_bytes()).hexdigest()}
                ],
            }
            for path in sorted(part.files)
        ],
    }
    if part.purl:
        told["purl"] = part.purl
    return told


def _licence(stated: str) -> dict[str, Any]:
    is_expression = re.fullmatch(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*", stated)
    return {"expression": stated} if is_expression and " " in stated else {"license": {"name": stated}}


def _package(name: str, stated: str) -> Part:
    found: Distribution = distribution(name)
    return Part("library", name, found.version, stated, f"pkg:pypi/{name}@{found.version}")


def _debian(name: str) -> Part:
    shown = ["dpkg-query", "-W", "-f", "${Version} ${Architecture}", name]
    version, machine = subprocess.run(shown, capture_output=True, text=True, check=True).stdout.split()[:2]
    return Part(
        "library",
        name,
        version,
        f"see licences/system/{name}.txt",
        f"pkg:deb/debian/{name}@{version}?arch={machine}",
    )


def _spellings(source: Path) -> tuple[str, ...]:
    """Where dpkg may have put a file: since /lib became a link to /usr/lib it has two names."""
    return tuple(dict.fromkeys((str(source), str(source).removeprefix("/usr"), str(source.resolve()))))


def _is_pythons(real: Path) -> bool:
    # Its prefix is /usr where the system's own Python packs: not all that lies there is Python's.
    library = Path(sys.base_prefix).resolve() / "lib" / f"python3.{sys.version_info.minor}"
    packages = {"site-packages", "dist-packages"} & set(real.parts)
    return (real.is_relative_to(library) and not packages) or real.name.startswith("libpython3.")


def _python() -> str:
    return ".".join(str(each) for each in sys.version_info[:3])
