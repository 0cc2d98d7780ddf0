"""The dialog that adds and edits a service."""

from avenrae_desktop.areas.services.dialogs.service import ServiceDialog

__all__ = ["ServiceDialog"]
