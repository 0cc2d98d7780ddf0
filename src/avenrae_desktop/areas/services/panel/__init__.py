"""The services' place in the window."""

from avenrae_desktop.areas.services.panel.panel import ServicesPanel

__all__ = ["ServicesPanel"]
