"""The dialog that adds and edits a client."""

from avenrae_desktop.areas.clients.dialogs.client import ClientDialog

__all__ = ["ClientDialog"]
