"""Rules of this project that ruff cannot know, each as a function from a parsed file to what is wrong in it."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SQL_CALLS = {"text", "execute", "exec_driver_sql", "executemany", "scalar", "scalars"}
SQL_MODULES = {"sqlalchemy", "sqlcipher3", "pymysql"}
NESTED_LOOPS = {
    "exec": "open() it and await qtkit.dialogs.ask",
    "exec_": "open() it and await qtkit.dialogs.ask",
    "processEvents": "it re-enters handlers that are still running",
    "getOpenFileName": "a static of QFileDialog runs its own loop",
    "getOpenFileNames": "a static of QFileDialog runs its own loop",
    "getSaveFileName": "a static of QFileDialog runs its own loop",
    "getExistingDirectory": "a static of QFileDialog runs its own loop",
}
TIPS = {"setToolTip", "setStatusTip", "setWhatsThis"}
PLAIN_TEXT = {"tr", "translate", "plain_tip"}
RICH_TEXT = {"setHtml", "insertHtml", "QTextBrowser", "QMessageBox", "RichText", "MarkdownText"}
LOOP_OWNERS = {"qasync"}


@dataclass(frozen=True)
class Fault:
    line: int
    what: str


Rule = Callable[[ast.Module], Iterator[Fault]]


def nested_event_loops(tree: ast.Module) -> Iterator[Fault]:
    """A loop inside the loop stops every task of qasync until it ends, and some never wake up."""
    for call in _calls(tree):
        name = _method(call)
        if name in NESTED_LOOPS:
            yield Fault(call.lineno, f".{name}(): {NESTED_LOOPS[name]}")


def remembered_layout_items(tree: ast.Module) -> Iterator[Fault]:
    """PySide keeps what itemAt() gave for as long as the layout lives, knows nothing of the item's end, and takes
    whatever comes to lie in its place for a layout item: calls on the wrong kind of thing, and rare segfaults.
    """
    for call in _calls(tree):
        if _method(call) in {"itemAt", "itemAtPosition"}:
            yield Fault(call.lineno, f".{_method(call)}(): ask layout.indexOf(widget), or keep the widgets")


def guessed_rich_text(tree: ast.Module) -> Iterator[Fault]:
    """Qt renders `<img src=x>` from a client's name wherever it may guess the format."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and _last_name(node) == "QLabel":
            yield Fault(node.lineno, "QLabel: use qtkit.widgets.PlainLabel")
        if isinstance(node, ast.Name | ast.Attribute) and _last_name(node) in RICH_TEXT:
            yield Fault(node.lineno, f"{_last_name(node)} renders rich text")


def guessed_rich_tips(tree: ast.Module) -> Iterator[Fault]:
    """Tool tips guess the format too, and have no switch: words of the program, or `plain_tip`."""
    for call in _calls(tree):
        if _method(call) in TIPS and call.args and not _plain(call.args[0]):
            yield Fault(call.lineno, f"{_method(call)}(): pass literal words, tr(), or plain_tip(...)")


def sql_from_text(tree: ast.Module) -> Iterator[Fault]:
    """SQL is built by SQLAlchemy's Core or is a constant: values never get into its text."""
    if not SQL_MODULES & _imported(tree):
        return
    for call in _calls(tree):
        if _method(call) in SQL_CALLS and call.args and _put_together(call.args[0]):
            yield Fault(call.lineno, f"{_method(call)}() with SQL put together from text")


def untranslatable_words(tree: ast.Module) -> Iterator[Fault]:
    """Linguist finds constants only: an f-string inside tr() is never translated."""
    for call in _calls(tree):
        arguments = call.args if _method(call) in {"tr", "translate", "noop"} else []
        if any(_put_together(each) for each in arguments):
            yield Fault(call.lineno, "words put together inside tr(): translate a pattern, then .format()")


def own_event_loops(tree: ast.Module) -> Iterator[Fault]:
    """One file owns the event loop."""
    if LOOP_OWNERS & _imported(tree):
        yield Fault(1, "qasync belongs to qtkit/runner.py and the entry point")


def transactions_not_marked(tree: ast.Module) -> Iterator[Fault]:
    """On a server each statement counts by itself unless the connection says that it writes."""
    for call in _calls(tree):
        if _method(call) != "begin" or not isinstance(call.func, ast.Attribute):
            continue
        if _last_name(call.func.value).endswith("engine"):
            yield Fault(call.lineno, "begin() without WRITES: a server would keep the half of it")


RULES: tuple[Rule, ...] = (
    transactions_not_marked,
    nested_event_loops,
    remembered_layout_items,
    guessed_rich_text,
    guessed_rich_tips,
    sql_from_text,
    untranslatable_words,
    own_event_loops,
)


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _method(call: ast.Call) -> str:
    return _last_name(call.func)


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _plain(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return True
    return isinstance(node, ast.Call) and _method(node) in PLAIN_TEXT


def _put_together(node: ast.expr) -> bool:
    """f"..{x}", "..".format(x), ".." % x, ".." + x; also when one of them is inside text(...)."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Mod | ast.Add) and (_text(node.left) or _text(node.right))
    return isinstance(node, ast.Call) and _method(node) == "format"


def _text(node: ast.expr) -> bool:
    return (isinstance(node, ast.Constant) and isinstance(node.value, str)) or _put_together(node)


def _imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {each.name.split(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names
