"""The one place where everything is put together, without Qt.

Light to import: the first window shows which practices there are before the database's libraries are loaded.
`Practices` loads them when it opens one; call `warm_up` behind the first window.
"""

from typing import TYPE_CHECKING, Any

from avenrae_desktop.bootstrap.places import KeyHolder, Place, ServerPlace
from avenrae_desktop.bootstrap.practices import Practices, warm_up

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.app import App

__all__ = ["App", "KeyHolder", "Place", "Practices", "ServerPlace", "warm_up"]


def __getattr__(name: str) -> Any:
    if name == "App":
        from avenrae_desktop.bootstrap.app import App

        return App
    raise AttributeError(name)
