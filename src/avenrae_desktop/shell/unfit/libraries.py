"""The system's libraries that a window needs on Linux, and the packages that have them."""

import ctypes
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Library:
    """A library by its file's name, and its package on Debian and Ubuntu, and on Fedora."""

    file: str
    debian: str
    fedora: str


_ALWAYS = (
    Library("libGL.so.1", "libgl1", "libglvnd-glx"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Library("libX11.so.6", "libx11-6", "libX11"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libz.so.1", "zlib1g", "zlib"),
)
_X11 = (
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    Library("libxcb.so.1", "libxcb1", "libxcb"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Library("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Library("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
)
_WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
    Library("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl"),
)
_BEHIND = (
    Library("libGLX.so.0", "libglx0", "libglvnd-glx"),
    Library("libGLdispatch.so.0", "libglvnd0", "libglvnd"),
    Library("libXau.so.6", "libxau6", "libXau"),
    Library("libXdmcp.so.6", "libxdmcp6", "libXdmcp"),
)
# Desktops that know Wayland only still run what asks for X11; so its parts do not count there.
EVERY = (*_ALWAYS, *_X11, *_WAYLAND, *_BEHIND)
_LIBRARY_FILE = re.compile(r"(\S+\.so[\w.]*): ")


def missing_libraries() -> tuple[Library, ...]:
    """Those that cannot be loaded now, of all that the screen at hand needs."""
    if not sys.platform.startswith("linux"):
        return ()
    wanted = (*_ALWAYS, *_WAYLAND) if os.environ.get("WAYLAND_DISPLAY") else (*_ALWAYS, *_X11)
    known = {each.file: each for each in EVERY}
    found: dict[str, Library] = {}
    for each in wanted:
        lacking = _lacking(each.file)
        if lacking:
            # One that is itself asked for by others is named once; its package brings what it needs.
            found.setdefault(lacking, known.get(lacking, Library(lacking, each.debian, each.fedora)))
    return tuple(found.values())


def install_lines(missing: Iterable[Library]) -> tuple[str, str]:
    """The command that installs them on Debian and Ubuntu, and the one for Fedora."""
    found = tuple(missing)
    debian = " ".join(dict.fromkeys(each.debian for each in found))
    fedora = " ".join(dict.fromkeys(each.fedora for each in found))
    return f"sudo apt-get install {debian}", f"sudo dnf install {fedora}"


def _lacking(file: str) -> str:
    """The file that keeps a library from being loaded: itself, or one that it needs; "" if it can be loaded."""
    # The packaged program has its own copy of some.
    packed = getattr(sys, "_MEIPASS", None)
    own = Path(packed) / file if packed else None
    try:
        ctypes.CDLL(str(own) if own is not None and own.exists() else file)
    except OSError as error:
        # The packaged program puts a text of its own before the loader's.
        named = _LIBRARY_FILE.match(str(error.__cause__ or error))
        return Path(named[1]).name if named is not None else file
    return ""
