"""How the connection to a practice server stands."""

from enum import StrEnum


class LinkState(StrEnum):
    """What the window tells about the server."""

    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    AWAY = "away"
