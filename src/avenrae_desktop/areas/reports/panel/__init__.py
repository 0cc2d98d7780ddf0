"""The reports' place in the window."""

from avenrae_desktop.areas.reports.panel.panel import ReportsPanel

__all__ = ["ReportsPanel"]
