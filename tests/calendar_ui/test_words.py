"""How the calendar speaks."""

from datetime import date

import pytest

from avenrae_desktop.areas.calendar import words
from avenrae_desktop.kernel.values import BookingStatus, PaymentStatus
from avenrae_desktop.qtkit.assets import icon_path


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), "23 – 29 November 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 November – 6 December 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 – 3 January 2027"),
        (date(2026, 11, 25), date(2026, 11, 25), "Wednesday 25 November 2026"),
    ],
)
def test_the_heading_says_month_and_year_once(first: date, last: date, title: str) -> None:
    assert words.range_title(first, last) == title


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(45, "45 min"), (60, "1 h"), (90, "1 h 30 min"), (4320, "3 d"), (1500, "1 d 1 h"), (0, "0 min")],
)
def test_lengths(minutes: int, text: str) -> None:
    assert words.duration_text(minutes) == text


def test_days_near_today_have_names() -> None:
    today = date(2026, 11, 25)
    assert words.near_day_text(today, today) == "Today"
    assert words.near_day_text(date(2026, 11, 26), today) == "Tomorrow"
    assert words.near_day_text(date(2027, 1, 4), today) == "Mon 4 Jan 2027"


def test_every_state_has_a_look_of_its_own() -> None:
    looks = [words.state_look(status) for status in BookingStatus]
    assert len({(look.icon, look.shape) for look in looks}) == len(looks)  # none by colour alone
    icons = {look.icon for look in looks}
    icons |= {words.paid_icon(paid, status) for paid in PaymentStatus for status in BookingStatus} - {None}
    assert all(icon_path(icon).is_file() for icon in icons)
    assert all(words.state_text(status) for status in BookingStatus)
    assert all(words.paid_text(paid) for paid in PaymentStatus)


def test_money_shows_when_it_came_or_is_due() -> None:
    assert words.paid_icon(PaymentStatus.PAID, BookingStatus.CONFIRMED) == "banknote"
    assert words.paid_icon(PaymentStatus.UNPAID, BookingStatus.CONFIRMED) is None
    assert words.paid_icon(PaymentStatus.UNPAID, BookingStatus.COMPLETED) == "wallet"
    assert words.paid_icon(PaymentStatus.PARTLY_PAID, BookingStatus.COMPLETED) == "wallet"


def test_long_words_can_be_broken_and_short_ones_are_left_alone() -> None:
    assert words.breakable("Marco Rossi") == "Marco Rossi"
    broken = words.breakable("x" * 60)
    assert broken.replace(words.ZERO_WIDTH, "") == "x" * 60
    assert max(len(part) for part in broken.split(words.ZERO_WIDTH)) == 6
