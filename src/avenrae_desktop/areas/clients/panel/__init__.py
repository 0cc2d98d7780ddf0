"""The clients' place in the window."""

from avenrae_desktop.areas.clients.panel.panel import ClientsPanel

__all__ = ["ClientsPanel"]
