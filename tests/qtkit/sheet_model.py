"""The style sheet as Qt reads it, small: which colour of text, ground and edge a control has in which state."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

_BASES = {
    "QLabel": "QFrame",
    "QFrame": "QWidget",
    "QAbstractItemView": "QFrame",
    "QTableView": "QAbstractItemView",
    "QListView": "QAbstractItemView",
    "QTreeView": "QAbstractItemView",
    "QDialog": "QWidget",
}
_SIMPLE = re.compile(
    r"(?P<type>\w+)?(?P<id>#\w+)?(?P<attrs>(?:\[[^\]]*\])*)(?P<part>::[\w-]+)?(?P<states>(?::[\w-]+)*)$"
)
_ATTRIBUTE = re.compile(r'\[(\w+)="([^"]*)"\]')
_COLOUR = re.compile(r"#[0-9A-F]{6}")


@dataclass(frozen=True)
class Simple:
    """One step of a selector: `QPushButton[role="chip"]::indicator:hover`."""

    kind: str
    identity: str
    attributes: frozenset[tuple[str, str]]
    part: str
    states: frozenset[str]

    def holds_for(self, other: "Simple") -> bool:
        """Whether a rule written for this one is also one for the other."""
        return (
            self.kind in _line_of(other.kind)
            and (not self.identity or self.identity == other.identity)
            and self.attributes <= other.attributes
            and self.part == other.part
            and self.states <= other.states
        )

    @property
    def weight(self) -> int:
        return 100 * bool(self.identity) + 10 * (len(self.attributes) + len(self.states)) + bool(self.kind)


@dataclass(frozen=True)
class Element:
    """A control (the last step) within others; their states do not matter here."""

    steps: tuple[Simple, ...]

    def __str__(self) -> str:
        return " ".join(
            s.kind + s.identity + "".join(f"[{k}={v}]" for k, v in sorted(s.attributes)) + s.part
            + "".join(f":{state}" for state in sorted(s.states)) for s in self.steps
        )  # fmt: skip

    @property
    def last(self) -> Simple:
        return self.steps[-1]

    @property
    def around(self) -> "Element | None":
        """What it stands in: for a part of a control the control itself."""
        if self.last.part:
            return self.part("")
        return Element(self.steps[:-1]) if self.steps[1:] else None

    def in_state(self, states: Sequence[str]) -> "Element":
        return Element((*self.steps[:-1], replace(self.last, states=frozenset(states))))

    def part(self, part: str) -> "Element":
        """A part of it, in the same states."""
        return Element((*self.steps[:-1], replace(self.last, part=part)))

    def is_met_by(self, other: "Element") -> bool:
        """Whether a rule for this selector is one for the other control."""
        if not self.last.holds_for(other.last):
            return False
        rest = list(other.steps[:-1])
        for step in reversed(self.steps[:-1]):
            while rest and not step.holds_for(rest[-1]):
                rest.pop()
            if not rest:
                return False
            rest.pop()
        return True

    @property
    def weight(self) -> int:
        return sum(step.weight for step in self.steps)


Rule = tuple[Element, Mapping[str, str]]


class Sheet:
    def __init__(self, text: str) -> None:
        self.rules: list[Rule] = list(_rules(text))

    def elements(self) -> list[Element]:
        """Every control that a rule names, without its states."""
        return list(dict.fromkeys(element.in_state(()) for element, _ in self.rules))

    def states_of(self, element: Element) -> list[tuple[str, ...]]:
        """The states, one or two at once, that some rule tells apart for it; what cannot be used is left out."""
        every = element.in_state(sorted({s for e, _ in self.rules for s in e.last.states}))
        met = {s for e, _ in self.rules if e.last.states and e.is_met_by(every) for s in e.last.states}
        known = sorted(met - {"disabled"})
        return [(), *((s,) for s in known), *combinations(known, 2)]

    def style(self, element: Element) -> dict[str, str]:
        """What the rules say of it together, the heavier and later one over the others."""
        met = [(e.weight, at, what) for at, (e, what) in enumerate(self.rules) if e.is_met_by(element)]
        found: dict[str, str] = {}
        for _, _, what in sorted(met, key=lambda each: each[:2]):
            found |= what
        return found

    def ground(self, element: Element, otherwise: Sequence[str]) -> Sequence[str]:
        """What its words may stand on: its own ground, that of what it is in, else any of the pages'."""
        here: Element | None = element
        while here is not None:
            own = colour_of(self.style(here).get("background", ""))
            if own:
                return (own,)
            here = here.around
        return otherwise


def colour_of(value: str) -> str:
    """The colour in "1px solid #RRGGBB"; "" where there is none."""
    found = _COLOUR.search(value)
    return found[0] if found else ""


def _line_of(kind: str) -> set[str]:
    line = {kind, "", "QWidget"}
    while kind in _BASES:
        kind = _BASES[kind]
        line.add(kind)
    return line


def _rules(text: str) -> Iterator[Rule]:
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        what = {k.strip(): v.strip() for k, _, v in (line.partition(":") for line in body.split(";")) if v.strip()}
        for selector in selectors.split(","):
            yield Element(tuple(_simple(step) for step in selector.replace(">", " ").split())), what


def _simple(step: str) -> Simple:
    match = _SIMPLE.match(step)
    if match is None:
        msg = f"not understood: {step}"
        raise ValueError(msg)
    attributes = frozenset(_ATTRIBUTE.findall(match["attrs"]))
    states = frozenset(filter(None, match["states"].split(":")))
    return Simple(match["type"] or "", match["id"] or "", attributes, match["part"] or "", states)
