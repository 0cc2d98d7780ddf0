"""The columns of the list of services."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from avenrae_desktop.areas.services.queries import ServiceRow
from avenrae_desktop.areas.services.words import buffers_text, category_text, minutes_text, price_text
from avenrae_desktop.qtkit.models import Column, PagedTableModel
from avenrae_desktop.qtkit.runner import Runner


def services_model(runner: Runner, currency: Callable[[], str], parent: QObject) -> PagedTableModel[ServiceRow]:
    """Services by name, page by page; `currency` is asked when a row is shown."""
    tr = QCoreApplication.translate

    def healers(r: ServiceRow) -> str:
        return ", ".join(r.healer_names)

    def buffers(r: ServiceRow) -> str:
        return buffers_text(r.buffer_before_minutes, r.buffer_after_minutes)

    columns: tuple[Column[ServiceRow], ...] = (
        Column(
            tr("services", "Name"),
            lambda r: r.service_name,
            strong=True,
            stretch=True,
            tooltip=lambda r: r.service_name,
        ),
        Column(tr("services", "Category"), lambda r: category_text(r.service_category), width=108),
        Column(tr("services", "Duration"), lambda r: minutes_text(r.duration_minutes), width=92, align="right"),
        Column(tr("services", "Before + after"), buffers, width=112, align="right", muted=True),
        Column(tr("services", "Price"), lambda r: price_text(r.price, currency()), width=96, align="right"),
        Column(tr("services", "Healers"), healers, stretch=True, muted=True, tooltip=healers),
    )
    return PagedTableModel(columns, runner, parent=parent)
