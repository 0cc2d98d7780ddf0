"""How practices and servers are named on the pages for coming in."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from typing_extensions import TypeIs

    from avenrae_desktop.bootstrap.places import Place, ServerPlace
    from avenrae_desktop.db.server.address import Host


def is_server(place: "Place | ServerPlace") -> "TypeIs[ServerPlace]":
    """Whether the practice is on a server."""
    return hasattr(place, "address")


def hosts_words(hosts: "Iterable[Host]") -> str:
    """Several of them, in the order in which they are tried."""
    return ", ".join(map(str, hosts))


def place_words(place: "Place | ServerPlace") -> str:
    """What the practice is called in a list that holds both kinds."""
    if not is_server(place):
        return place.practice_name
    text = QCoreApplication.translate("PlaceWords", "{practice} (on {server})")
    return text.format(practice=place.practice_name, server=place.address.hosts[0])
