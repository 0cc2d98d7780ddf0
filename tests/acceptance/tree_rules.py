"""What every screen owes to people who do not see it or do not hit small things: names, and room to press."""

from collections.abc import Iterator, Sequence

from tests.acceptance.person import BUTTONS, FIELDS, Thing

Tree = Sequence[tuple[int, Thing]]
LEAST, MARK = 24, 16
TICKED = ("check box", "radio button")
TOLD_APART = {*BUTTONS, *FIELDS, "menu item"}
ACTED_ON = {*BUTTONS, *FIELDS, "combo box", "list", "table", "tree", "slider", "page tab", "menu item"}


def faults(tree: Tree) -> list[str]:
    """One line for each control that breaks a rule; empty when the screen is fit for everybody."""
    return [f"{why}: {thing.role} “{thing.name}” at {thing.box}" for why, thing in _found(tree)]


def _found(tree: Tree) -> Iterator[tuple[str, Thing]]:
    above: list[Thing] = []
    for depth, thing in tree:
        del above[depth:]
        above.append(thing)
        inside = next((each.role for each in reversed(above[:-1])), "")
        if nameless(thing):
            yield "no name", thing
        if thing.role in BUTTONS and not roomy(thing) and inside not in FIELDS:
            # Inside a field the whole field is the target: its eye, cross or calendar has a key too.
            yield "too small", thing
    yield from _twins(tree)


def _twins(tree: Tree) -> Iterator[tuple[str, Thing]]:
    """What cannot be told from its neighbour: the same role and name in the same group."""
    groups: list[set[tuple[str, str]]] = []
    for depth, thing in tree:
        del groups[depth + 1 :]
        groups.extend(set() for _ in range(depth + 1 - len(groups)))
        words = (thing.role, thing.name.strip())
        if thing.role in TOLD_APART and words[1]:
            if words in groups[depth]:
                yield "twice", thing
            groups[depth].add(words)


def nameless(thing: Thing) -> bool:
    """A combo box is named by its value, so only its label counts."""
    if thing.role == "combo box":
        return not any(thing.labels)
    return thing.role in ACTED_ON and not thing.name.strip() and not any(thing.labels)


def roomy(thing: Thing) -> bool:
    _, _, wide, high = thing.box
    # A box to tick is told as its mark and words only; the padding around it keeps its neighbours away.
    return wide >= LEAST and high >= (MARK if thing.role in TICKED else LEAST)
