"""SQL of services and rooms: `ServiceReads` for screens, and the writes inside a command."""

from avenrae_desktop.areas.services.repository.reads import ServiceReads
from avenrae_desktop.areas.services.repository.rooms import (
    insert_room,
    is_room,
    locked_room_name,
    room_id_of,
    room_of_name,
    set_room_archived,
)
from avenrae_desktop.areas.services.repository.writes import (
    currency_of,
    healer_ids,
    insert_service,
    is_service,
    locked_service,
    set_archived,
    set_providers,
    update_service,
)

__all__ = [
    "ServiceReads",
    "currency_of",
    "healer_ids",
    "insert_room",
    "insert_service",
    "is_room",
    "is_service",
    "locked_room_name",
    "locked_service",
    "room_id_of",
    "room_of_name",
    "set_archived",
    "set_providers",
    "set_room_archived",
    "update_service",
]
