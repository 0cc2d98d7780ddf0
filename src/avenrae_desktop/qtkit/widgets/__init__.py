"""The controls that every screen is made of."""

from avenrae_desktop.qtkit.widgets.bars import Banner, MessageBar, announce
from avenrae_desktop.qtkit.widgets.buttons import Button, IconButton, SegmentedControl
from avenrae_desktop.qtkit.widgets.date_field import DateField
from avenrae_desktop.qtkit.widgets.display import Avatar, EmptyState, FactRow, IconLabel, KeyHint, Pill, initials
from avenrae_desktop.qtkit.widgets.inputs import ComboBox, LineEdit, NumberBox, SearchBox, TextArea, show_as_search
from avenrae_desktop.qtkit.widgets.labels import PlainLabel, plain_tip, restyle
from avenrae_desktop.qtkit.widgets.layout import Card, Divider, Section, column, labelled, name, row, show_if
from avenrae_desktop.qtkit.widgets.pick_box import Choice, PickBox
from avenrae_desktop.qtkit.widgets.time_field import TimeField

__all__ = [
    "Avatar",
    "Banner",
    "Button",
    "Card",
    "Choice",
    "ComboBox",
    "DateField",
    "Divider",
    "EmptyState",
    "FactRow",
    "IconButton",
    "IconLabel",
    "KeyHint",
    "LineEdit",
    "MessageBar",
    "NumberBox",
    "PickBox",
    "Pill",
    "PlainLabel",
    "SearchBox",
    "Section",
    "SegmentedControl",
    "TextArea",
    "TimeField",
    "announce",
    "column",
    "initials",
    "labelled",
    "name",
    "plain_tip",
    "restyle",
    "row",
    "show_as_search",
    "show_if",
]
