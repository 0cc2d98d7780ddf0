"""SQL of clients: `ClientReads` for screens, and the writes inside a command."""

from avenrae_desktop.areas.clients.repository.reads import ClientReads
from avenrae_desktop.areas.clients.repository.writes import (
    find_healer_id,
    insert_client,
    is_client,
    locked_client,
    set_archived,
    update_client,
)

__all__ = [
    "ClientReads",
    "find_healer_id",
    "insert_client",
    "is_client",
    "locked_client",
    "set_archived",
    "update_client",
]
