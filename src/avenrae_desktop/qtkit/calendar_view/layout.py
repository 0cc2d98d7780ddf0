"""Where overlapping cards stand side by side: pure, O(n log n) for a bounded number of lanes."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush


@dataclass(frozen=True, slots=True)
class Span:
    """Something with a length, in minutes. `key` only makes the order of equals certain."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Place:
    """A lane of `lanes` in its cluster, and how many lanes wide it may grow."""

    lane: int
    width: int
    lanes: int
    cluster: int


def place(spans: Sequence[Span]) -> list[Place]:
    """Places in the order of `spans`. Spans must have a length above 0.

    A cluster is a run of spans connected by overlaps; it gets as many lanes as ever overlap at once, each span
    takes the first free one and then grows over the lanes to its right that stay free all its time.
    """
    order = sorted(range(len(spans)), key=lambda i: (spans[i].start, -spans[i].end, spans[i].key))
    result: list[Place | None] = [None] * len(spans)
    for number, cluster in enumerate(_clusters(spans, order)):
        lanes, count = _first_fit(spans, cluster)
        widths = _grown(spans, cluster, lanes, count)
        for i in cluster:
            result[i] = Place(lanes[i], widths[i], count, number)
    return [p for p in result if p is not None]


def _clusters(spans: Sequence[Span], order: Sequence[int]) -> list[list[int]]:
    clusters: list[list[int]] = []
    reach = None
    for i in order:
        if reach is None or spans[i].start >= reach:
            clusters.append([])
            reach = spans[i].end
        clusters[-1].append(i)
        reach = max(reach, spans[i].end)
    return clusters


def _first_fit(spans: Sequence[Span], cluster: Sequence[int]) -> tuple[dict[int, int], int]:
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    lanes: dict[int, int] = {}
    count = 0
    for i in cluster:
        while busy and busy[0][0] <= spans[i].start:
            heappush(free, heappop(busy)[1])
        if free:
            lane = heappop(free)
        else:
            lane, count = count, count + 1
        lanes[i] = lane
        heappush(busy, (spans[i].end, lane))
    return lanes, count


def _grown(spans: Sequence[Span], cluster: Sequence[int], lanes: dict[int, int], count: int) -> dict[int, int]:
    starts: list[list[int]] = [[] for _ in range(count)]
    ends: list[list[int]] = [[] for _ in range(count)]
    for i in cluster:
        starts[lanes[i]].append(spans[i].start)
        ends[lanes[i]].append(spans[i].end)
    widths: dict[int, int] = {}
    for i in cluster:
        lane = lanes[i] + 1
        while lane < count and _is_free(starts[lane], ends[lane], spans[i]):
            lane += 1
        widths[i] = lane - lanes[i]
    return widths


def _is_free(starts: list[int], ends: list[int], span: Span) -> bool:
    first_after = bisect_right(ends, span.start)
    return first_after == len(starts) or starts[first_after] >= span.end
