"""Public identities: UUIDv7, made where the thing is made, so that two laptops never make the same one."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_uuid() -> UUID:
    """A fresh UUIDv7: sorts by time of making."""
    return uuid7()
