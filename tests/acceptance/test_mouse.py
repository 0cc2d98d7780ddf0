"""The calendar by mouse: a card dragged to another day and time, and its edge dragged to make it longer."""

from collections.abc import Callable

from tests.acceptance import flows
from tests.acceptance.flows import card
from tests.acceptance.person import Person


def test_a_card_is_dragged_and_stretched(owner: Person, start: Callable[[Person], None]) -> None:
    start(owner)
    flows.come_in(owner)
    booked = flows.book(owner, flows.next_tuesday(), "09:00")
    x, y = booked.centre
    _, _, day_wide, hour_high = booked.box

    owner.drag((x, y), (x + day_wide, y + hour_high))
    moved = card(owner, "Wed", "10:00 – 11:00")
    assert moved.box[0] > booked.box[0]
    assert moved.box[1] > booked.box[1]

    x, y, wide, high = moved.box
    edge = (x + wide // 2, y + high - 2)
    owner.drag(edge, (edge[0], edge[1] + hour_high // 2))
    stretched = card(owner, "Wed", "10:00 – 11:30")
    assert stretched.box[3] > high

    owner.key("ctrl+z")
    card(owner, "Wed", "10:00 – 11:00")
    owner.key("ctrl+z")
    card(owner, "Tue", "09:00 – 10:00")
