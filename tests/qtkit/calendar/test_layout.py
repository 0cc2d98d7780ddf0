"""Overlaps side by side: properties that must hold for every day anybody can have."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from avenrae_desktop.qtkit.calendar_view.layout import Place, Span, place

_SPAN = st.tuples(st.integers(0, 287), st.integers(1, 48)).map(lambda t: (t[0] * 5, (t[0] + t[1]) * 5))
_DAYS = st.lists(_SPAN, max_size=40).map(
    lambda spans: [Span(start, end, f"k{i}") for i, (start, end) in enumerate(spans)]
)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


@given(_DAYS)
def test_no_two_cards_cover_each_other(spans: list[Span]) -> None:
    places = place(spans)
    assert len(places) == len(spans)
    for i, one in enumerate(spans):
        mine = set(range(places[i].lane, places[i].lane + places[i].width))
        assert max(mine) < places[i].lanes
        for j in range(i):
            theirs = set(range(places[j].lane, places[j].lane + places[j].width))
            assert not (_overlap(one, spans[j]) and mine & theirs)


@given(_DAYS)
def test_a_cluster_has_as_many_lanes_as_ever_overlap_at_once(spans: list[Span]) -> None:
    members: dict[int, list[tuple[Span, Place]]] = defaultdict(list)
    for span, spot in zip(spans, place(spans), strict=True):
        members[spot.cluster].append((span, spot))
    for cluster in members.values():
        most = max(sum(s.start <= at.start < s.end for s, _ in cluster) for at, _ in cluster)
        assert {spot.lanes for _, spot in cluster} == {most}


@given(_DAYS)
def test_clusters_are_exactly_the_runs_connected_by_overlaps(spans: list[Span]) -> None:
    places = place(spans)
    for i, one in enumerate(spans):
        for j in range(i):
            if _overlap(one, spans[j]):
                assert places[i].cluster == places[j].cluster
    for number in {spot.cluster for spot in places}:
        inside = sorted((s.start, s.end) for s, p in zip(spans, places, strict=True) if p.cluster == number)
        reach = inside[0][1]
        for start, end in inside[1:]:
            assert start < reach
            reach = max(reach, end)


@given(_DAYS, st.randoms())
def test_the_order_in_which_cards_come_does_not_matter(spans: list[Span], random) -> None:
    before = dict(zip(spans, place(spans), strict=True))
    shuffled = list(spans)
    random.shuffle(shuffled)
    assert dict(zip(shuffled, place(shuffled), strict=True)) == before


def test_a_card_grows_over_the_lanes_that_stay_free() -> None:
    spans = [Span(0, 120, "a"), Span(0, 60, "b"), Span(0, 60, "c"), Span(60, 120, "d")]
    assert place(spans) == [Place(0, 1, 3, 0), Place(1, 1, 3, 0), Place(2, 1, 3, 0), Place(1, 2, 3, 0)]


def test_cards_that_only_touch_do_not_share() -> None:
    assert place([Span(0, 60, "a"), Span(60, 90, "b")]) == [Place(0, 1, 1, 0), Place(0, 1, 1, 1)]
