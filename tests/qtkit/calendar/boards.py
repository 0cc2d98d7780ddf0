"""Boards with made-up people, for the calendar's tests and pictures."""

from datetime import date, timedelta
from random import Random

from avenrae_desktop.qtkit.calendar_view import Block, Board, Card, Column
from avenrae_desktop.qtkit.calendar_view.surface import clock_text

MONDAY = date(2026, 11, 23)
_DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
STATES = {
    "confirmed": ("circle-check", "solid"),
    "pending": ("circle-dashed", "dashed"),
    "arrived": ("user-check", "solid"),
    "completed": ("check-check", "faded"),
    "cancelled": ("circle-x", "ghost"),
    "no_show": ("user-x", "hatched"),
}
_SERVICES = (
    ("Reiki session", "violet"),
    ("Talk therapy", "blue"),
    ("Yoga 1:1", "amber"),
    ("Acupuncture", "green"),
)
_NAMES = (
    "Priya Nair", "Marco Rossi", "Lena Fischer", "Yuki Tanaka", "Anna Keller", "Omar Haddad", "Jonas Weber",
    "Sofia Almeida", "Clara Dubois", "Tom Becker", "عمر حداد", "🌸 Hana Sato", "<b>Bob</b> & Sons",
)  # fmt: skip


def card(key: str, column: int, start: int, end: int, **more: object) -> Card:
    """A confirmed, paid booking that may be moved and resized."""
    values: dict[str, object] = {
        "key": key,
        "version": 1,
        "column": column,
        "start": start,
        "end": end,
        "title": f"Client {key}",
        "subtitle": "Reiki session",
        "time_text": f"{clock_text(start)} – {clock_text(end)}",
        "hue": "violet",
        "state_icon": "circle-check",
        "state_shape": "solid",
        "paid_icon": None,
        "accessible": f"Client {key}, {clock_text(start)} to {clock_text(end)}",
        "movable": True,
        "resizable": True,
    }
    return Card(**{**values, **more})  # type: ignore[arg-type]


def columns(count: int, *, healers: bool = False, today: int = 2) -> tuple[Column, ...]:
    """Days of a week, or healers of one day."""
    made = []
    for number in range(count):
        day = MONDAY + timedelta(days=0 if healers else number)
        is_open = healers or day.weekday() < 5
        hours = ((540, 1080),) if is_open else ((600, 840),) if day.weekday() == 5 else ()
        made.append(
            Column(
                key=f"c{number}",
                day=day,
                title_top=_DAYS[day.weekday()],
                title_main=str(day.day),
                subtitle=f"{_NAMES[number % 10]}" if healers else "",
                is_today=healers or number == today,
                available=hours,
                accessible=f"{day:%A} {day.day}",
            )
        )
    return tuple(made)


def styled(key: str, column: int, span: tuple[int, int], name: str, kind: int, state: str) -> Card:
    icon, shape = STATES[state]
    service, hue = _SERVICES[kind]
    paid = None if state in {"cancelled", "no_show", "pending"} else ("banknote" if kind % 2 else None)
    return card(
        key, column, *span, title=name, subtitle=service, hue=hue, state_icon=icon, state_shape=shape,
        paid_icon=paid,
        accessible=f"{name}, {service}, {clock_text(span[0])} to {clock_text(span[1])}, {state}",
    )  # fmt: skip


def week() -> Board:
    """A lively week: every state, overlaps, short cards, hard names, one over midnight."""
    rows = [
        (0, 540, 600, 0, 0, "completed"), (0, 600, 645, 3, 1, "completed"), (0, 645, 705, 4, 2, "no_show"),
        (0, 810, 900, 4, 1, "completed"), (0, 900, 945, 5, 1, "completed"), (0, 1005, 1065, 4, 1, "completed"),
        (1, 540, 630, 2, 0, "completed"), (1, 630, 690, 8, 2, "completed"), (1, 810, 870, 6, 2, "cancelled"),
        (1, 825, 885, 11, 1, "completed"), (1, 930, 1020, 5, 0, "completed"),
        (2, 540, 600, 7, 0, "completed"), (2, 615, 660, 5, 1, "arrived"), (2, 660, 675, 10, 3, "confirmed"),
        (2, 675, 690, 1, 0, "confirmed"), (2, 840, 885, 1, 0, "confirmed"), (2, 945, 1005, 2, 1, "confirmed"),
        (3, 540, 585, 1, 3, "confirmed"), (3, 615, 675, 5, 0, "pending"), (3, 825, 915, 1, 0, "confirmed"),
        (3, 840, 900, 12, 2, "confirmed"), (3, 855, 885, 3, 1, "pending"), (3, 915, 1005, 9, 0, "confirmed"),
        (4, 540, 585, 6, 0, "confirmed"), (4, 615, 660, 6, 1, "confirmed"), (4, 660, 720, 2, 1, "pending"),
        (4, 825, 915, 0, 1, "confirmed"), (4, 945, 1035, 8, 1, "confirmed"),
        (5, 600, 660, 0, 3, "confirmed"), (5, 675, 720, 2, 1, "confirmed"), (5, 735, 795, 4, 1, "confirmed"),
    ]  # fmt: skip
    cards = tuple(styled(f"b{i}", c, (s, e), _NAMES[n], k, st) for i, (c, s, e, n, k, st) in enumerate(rows))
    blocks = [Block(c, 720, 780, "Lunch", "break") for c in range(5)]
    return Board(columns(7), cards, (*blocks, Block(6, 0, 1440, "Time off", "time_off")), now=(2, 680))


def crowd(column_count: int = 20, card_count: int = 600, seed: int = 7) -> Board:
    """A busy day of many healers, with overlaps."""
    random = Random(seed)
    cards = []
    for number in range(card_count):
        start = random.randrange(0, 1380, 15)
        end = min(1440, start + random.choice((15, 30, 30, 45, 45, 60)))
        state = random.choices(list(STATES), weights=(8, 2, 1, 2, 1, 1))[0]
        name, kind = random.choice(_NAMES), random.randrange(4)
        cards.append(styled(f"b{number}", number % column_count, (start, end), name, kind, state))
    return Board(columns(column_count, healers=True), tuple(cards), now=(0, 680))
