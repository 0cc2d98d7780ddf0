"""Every widget at once, light, dark and zoomed: it must draw without a warning; the pictures are for eyes."""

import os
from datetime import date, time
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QCheckBox, QRadioButton, QTabBar, QWidget

from avenrae_desktop.kernel.errors import AppError, Problem
from avenrae_desktop.qtkit.dialogs import CrashDialog, FormDialog, Notice
from avenrae_desktop.qtkit.models import Column, RowTableModel
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.table import Table
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.widgets import (
    Avatar,
    Banner,
    Button,
    Card,
    ComboBox,
    DateField,
    Divider,
    EmptyState,
    FactRow,
    IconButton,
    KeyHint,
    LineEdit,
    MessageBar,
    NumberBox,
    Pill,
    PlainLabel,
    SearchBox,
    Section,
    SegmentedControl,
    TextArea,
    TimeField,
    column,
    labelled,
    name,
    row,
)

TAKEN = Problem(
    "time_taken",
    "This time is taken",
    "{who} has Reiki from 10:00 to 11:00.",
    "Choose one of the free times below, or another healer.",
)


class Form(FormDialog):
    async def save(self) -> None:
        """Nothing is kept in a gallery."""


class Person:
    def __init__(self, number: int, called: str, phone: str, visits: int) -> None:
        self.uuid = UUID(int=number)
        self.called, self.phone, self.visits = called, phone, visits


PEOPLE = [
    Person(1, "Marco Rossi", "+41 44 555 01 23", 12),
    Person(2, "Priya Nair", "+41 44 555 07 88", 3),
    Person(3, "<img src=x> 😀 עדה", "", 0),
    Person(4, "Lena Fischer with a very long name that does not fit", "+41 44 555 09 10", 120),
]


def people_table() -> Table:
    columns = [
        Column[Person]("Name", lambda p: p.called, stretch=True, strong=True, icon=lambda _: "user"),
        Column[Person]("Phone", lambda p: p.phone, muted=True, width=150),
        Column[Person]("Visits", lambda p: str(p.visits), align="right", width=80),
    ]
    model = RowTableModel(columns)
    table = Table(model, "People")
    model.setParent(table)
    model.set_rows(PEOPLE)
    table.select_key(UUID(int=2))
    return table


def inputs() -> QWidget:
    combo = ComboBox()
    combo.fill([("Talk therapy", 1), ("Reiki session", 2)])
    bad = LineEdit()
    bad.setText("not-an-e-mail")
    bad.setProperty("invalid", True)
    off = LineEdit()
    off.setText("Cannot be changed")
    off.setEnabled(False)
    check, plain_check, radio = QCheckBox("Remind by e-mail"), QCheckBox("Not chosen"), QRadioButton("Weekly")
    check.setChecked(True)
    radio.setChecked(True)
    holder = Card()
    for item in (
        labelled("&Name", LineEdit("Given and family name"), "As on the invoice."),
        row(
            labelled("&Date", DateField(date(2026, 11, 25), today=lambda: date(2026, 11, 23))),
            labelled("&Time", TimeField(time(9, 30))),
            labelled("&Length", _minutes()),
        ),
        labelled("&Service", combo),
        labelled("&E-mail", bad),
        labelled("Locked", off),
        labelled("N&otes", TextArea(2)),
        row(check, plain_check, radio, None),
    ):
        if isinstance(item, QWidget):
            holder.box.addWidget(item)
        else:
            holder.box.addLayout(item)
    return holder


def _minutes() -> NumberBox:
    box = NumberBox(5, 600, step=5, suffix=" min")
    box.setValue(45)
    return box


def pane() -> QWidget:
    holder = Card()
    history = Section("History")
    for line in ("11 Nov   Talk therapy · completed", "28 Oct   Talk therapy · completed"):
        history.box.addWidget(PlainLabel(line))
    for item in (
        row(Pill("Confirmed", "positive", "circle-check"), None, PlainLabel("#B-10482", "muted")),
        row(Avatar("Marco Rossi"), PlainLabel("Marco Rossi", "title"), None),
        PlainLabel("Reiki session with Dr. Mira Voss", "muted"),
        FactRow("clock", "Wed 25 Nov, 14:00 – 14:45", "Reminder sent yesterday 18:00"),
        FactRow("phone", "+41 44 555 01 23"),
        FactRow("wallet", "€ 95.00", "Unpaid · invoice on completion"),
        history,
        Divider(),
        row(
            Pill("Pending", "warning", "circle-dashed"),
            Pill("No-show", "danger", "user-x"),
            Pill("Arrived", "info", "log-in"),
            Pill("Draft", "neutral", "pencil"),
            Pill("New", "accent", "sparkles"),
            None,
        ),
        row(Button("Check in", "primary"), Button("Reschedule")),
    ):
        if isinstance(item, QWidget):
            holder.box.addWidget(item)
        else:
            holder.box.addLayout(item)
    return holder


def gallery() -> tuple[QWidget, MessageBar]:
    page = QWidget()
    page.setObjectName("gallery")
    search = SearchBox("Search clients, bookings, or type a command")
    days = SegmentedControl("Span", [("day", "Day"), ("week", "Week"), ("team", "Team")])
    days.set_value("week")
    tabs = QTabBar()
    name(tabs, "Parts")
    tabs.setExpanding(False)
    tabs.setDrawBase(False)
    for text in ("Contact", "Bookings", "Notes"):
        tabs.addTab(text)
    disabled = Button("Not now", "primary")
    disabled.setEnabled(False)
    head = row(
        PlainLabel("23 – 29 November 2026", "title"),
        IconButton("chevron-left", "Previous week", framed=True),
        IconButton("chevron-right", "Next week", framed=True),
        Button("Today", key="T"),
        None,
        days,
        IconButton("bell", "Messages"),
        Button("New booking", "primary", "plus", "N"),
    )
    buttons = row(
        Button("Secondary", icon="printer"),
        Button("Danger", "danger", "trash-2"),
        Button("Quiet", "quiet", "undo-2"),
        Button("Link", "link"),
        disabled,
        KeyHint("Ctrl K"),
        None,
    )
    told = Banner()
    told.show_error(AppError(TAKEN, who="Priya Nair"))
    empty = Card()
    empty.box.addWidget(
        EmptyState("users", "No clients yet", "Add the first one to book for them.", "Add a client")
    )
    left = column(inputs(), None)
    middle = column(tabs, people_table(), empty, spacing=12)
    columns = row(left, middle, column(pane(), None), spacing=16)
    columns.setStretch(0, 4)
    columns.setStretch(1, 6)
    columns.setStretch(2, 4)
    page.setLayout(column(row(search, None, None), head, buttons, told, columns, spacing=14, margins=20))
    bar = MessageBar(page)
    return page, bar


def save(widget: QWidget, folder: Path, called: str) -> None:
    picture = widget.grab()
    assert picture.toImage().colorCount() == 0
    assert picture.save(str(folder / f"{called}.png"))


@pytest.mark.parametrize(("mode", "zoom"), [("light", 1.0), ("dark", 1.0), ("light", 1.5)])
def test_everything_draws_without_a_warning(qtbot, theme: Theme, runner: Runner, tmp_path, mode, zoom) -> None:
    folder = Path(os.environ.get("AVENRAE_GALLERY", tmp_path))
    theme.mode, theme.zoom = mode, zoom
    called = f"{mode}-{zoom:g}"
    page, bar = gallery()
    qtbot.addWidget(page)
    page.resize(round(1280 * zoom), round(860 * zoom))
    page.show()
    bar.tell("Booking of Marco Rossi moved to 14:00.", "Undo", lambda: None, "Ctrl Z", seconds=0)
    qtbot.wait(1)
    save(page, folder, f"gallery-{called}")

    form = Form("New client", runner)
    qtbot.addWidget(form)
    form.field("name", "&Name", LineEdit())
    form.field("email", "&E-mail", LineEdit(), "Reminders go there.").setText("anna@")
    form.show()
    form.show_error(AppError(TAKEN, field="email", who="<b>Ada</b>"))
    form.mark_dirty()
    form.reject()
    qtbot.wait(1)
    save(form, folder, f"form-{called}")

    notice = Notice(
        None,
        "Cancel this booking?",
        "Marco Rossi, Wed 25 Nov, 14:00.",
        "Cancel booking",
        cancel_text="Keep it",
        danger=True,
    )
    qtbot.addWidget(notice)
    notice.show()
    crash = CrashDialog("Avenrae Desktop 0.1.0\nbuiltins.KeyError\n  a/b/c.py:12 in save")
    qtbot.addWidget(crash)
    crash.show()
    qtbot.wait(1)
    save(notice, folder, f"notice-{called}")
    save(crash, folder, f"crash-{called}")
