"""SQL of the reports: `ReportReads` for screens."""

from avenrae_desktop.areas.reports.repository.reads import MOST_MONTHS, ReportReads

__all__ = ["MOST_MONTHS", "ReportReads"]
