"""The eyes of the acceptance tests: answers questions about a program's accessible tree, as a screen reader would.

Runs under the system's Python, which has the AT-SPI bindings; the tests talk to it in lines of JSON:
in  {"do": "find", "pid": 7, "role": "push button", "name": "Book"}     out  {"ok": [...]} or {"error": "..."}
"""

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

DEEPEST = 60


def role_of(node: Any) -> str:
    try:
        return node.get_role_name() or ""
    except GLib.Error:
        return ""


def name_of(node: Any) -> str:
    try:
        return node.get_name() or ""
    except GLib.Error:
        return ""


def description_of(node: Any) -> str:
    try:
        return node.get_description() or ""
    except GLib.Error:
        return ""


def states_of(node: Any) -> set[str]:
    try:
        return {state.value_nick for state in node.get_state_set().get_states()}
    except GLib.Error:
        return set()


def text_of(node: Any) -> str:
    try:
        face = node.get_text_iface()
        return face.get_text(0, face.get_character_count()) if face else ""
    except GLib.Error:
        return ""


def box_of(node: Any) -> tuple[int, int, int, int]:
    try:
        at = node.get_extents(Atspi.CoordType.SCREEN)
    except GLib.Error:
        return (0, 0, 0, 0)
    return (at.x, at.y, at.width, at.height)


def labels_of(node: Any) -> list[str]:
    """Names of the labels that stand for a control: a combo box is named by its value, its label is here."""
    try:
        relations = node.get_relation_set()
    except GLib.Error:
        return []
    return [
        name_of(relation.get_target(i))
        for relation in relations
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
        for i in range(relation.get_n_targets())
    ]


def children(node: Any) -> Iterator[Any]:
    try:
        count = node.get_child_count()
    except GLib.Error:
        return
    for i in range(count):
        try:
            child = node.get_child_at_index(i)
        except GLib.Error:
            continue
        if child is not None:
            yield child


def root_of(pid: int) -> Any:
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for app in children(desktop):
        try:
            if app.get_process_id() == pid:
                app.clear_cache()
                return app
        except GLib.Error:
            continue
    return None


def walk(node: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """Everything that shows, top down. What is hidden is left out with all that is in it."""
    for child in children(node):
        if "showing" not in states_of(child):
            continue
        yield depth, child
        if depth < DEEPEST:
            yield from walk(child, depth + 1)


def plain(text: str) -> str:
    return re.sub(r"[.…]+$", "", text.replace("&", "")).strip().lower()


def fits(node: Any, wanted: dict[str, Any]) -> bool:
    roles = wanted.get("role")
    if roles and role_of(node) not in ([roles] if isinstance(roles, str) else roles):
        return False
    name = wanted.get("name")
    if name is not None:
        names = [name_of(node), *labels_of(node)]
        if not any(re.search(name, n) if wanted.get("regex") else plain(n) == plain(name) for n in names):
            return False
    return set(wanted.get("states", ())) <= states_of(node)


def told(node: Any) -> dict[str, Any]:
    return {
        "role": role_of(node),
        "name": name_of(node),
        "description": description_of(node),
        "text": text_of(node),
        "labels": labels_of(node),
        "states": sorted(states_of(node)),
        "box": box_of(node),
    }


def looked_at(asked: dict[str, Any]) -> Iterator[Any]:
    """Everything that shows in the program, or in its dialog of the title `within`."""
    root = root_of(asked["pid"])
    title = asked.get("within")
    if title is not None and root is not None:
        wanted = {"role": "dialog", "name": title}
        root = next((node for _, node in walk(root) if fits(node, wanted)), None)
    if root is not None:
        yield from (node for _, node in walk(root))


def find(asked: dict[str, Any]) -> Any:
    return [told(n) for n in looked_at(asked) if fits(n, asked)]


def tree(asked: dict[str, Any]) -> Any:
    root = root_of(asked["pid"])
    return [] if root is None else [{"depth": d, **told(n)} for d, n in walk(root)]


ACTIONS = ("Press", "Toggle", "ShowMenu", "SetFocus")


def press(asked: dict[str, Any]) -> Any:
    """Does the first thing that fits offers to do (its accessible action), as assistive technology would."""
    for node in looked_at(asked):
        if fits(node, asked):
            action = node.get_action_iface()
            names = [action.get_action_name(i) for i in range(action.get_n_actions())] if action else []
            for wanted in asked.get("actions") or ACTIONS:
                if wanted in names:
                    return action.do_action(names.index(wanted))
    return False


def main() -> None:
    Atspi.init()
    Atspi.set_timeout(4000, 15000)
    doing = {"find": find, "tree": tree, "press": press}
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"ok": doing[asked["do"]](asked)}
        except (GLib.Error, AttributeError) as error:  # a control that went away while it was looked at
            answer = {"error": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
