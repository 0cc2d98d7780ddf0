"""The project's own rules, on every file of the package; and each rule on a line that breaks it."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture import lint
from tests.support.places import ROOT

PACKAGE = ROOT / "src" / "avenrae_desktop"
FILES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 450
OTHER_WORDS = re.compile(r"\b(appointment|patient|customer)s?\b", re.IGNORECASE)

# Every exception with its reason; one that is no longer needed fails.
ALLOWED = {
    ("guessed_rich_text", "qtkit/widgets/labels.py"): "it defines PlainLabel, the label that guesses nothing",
    ("sql_from_text", "db/engine.py"): "PRAGMA key takes no parameter; the key is hexadecimal from bytes",
    ("sql_from_text", "db/health.py"): "the same PRAGMA, on a read-only connection",
    ("sql_from_text", "db/backup/file_copy.py"): "the same PRAGMA, on a copy whose journal is not ours to choose",
    (
        "nested_event_loops",
        "shell/opening.py",
    ): "no loop runs yet, so there is no task that it could stop",
    ("own_event_loops", "qtkit/runner.py"): "this is the file that owns the loop",
}


@pytest.mark.parametrize("rule", lint.RULES, ids=lambda rule: rule.__name__)
def test_the_package_keeps_the_rule(rule: lint.Rule) -> None:
    allowed = {name for rule_name, name in ALLOWED if rule_name == rule.__name__}
    faults = [
        f"{name}:{fault.line}: {fault.what}"
        for path in FILES
        if (name := path.relative_to(PACKAGE).as_posix()) not in allowed
        for fault in rule(ast.parse(path.read_text()))
    ]
    assert faults == []


@pytest.mark.parametrize(("rule_name", "file"), ALLOWED)
def test_every_exception_is_still_needed(rule_name: str, file: str) -> None:
    rule: lint.Rule = getattr(lint, rule_name)
    assert list(rule(ast.parse((PACKAGE / file).read_text())))


@pytest.mark.parametrize(
    ("rule", "bad"),
    [
        (lint.nested_event_loops, "dialog.exec()"),
        (lint.nested_event_loops, "QFileDialog.getSaveFileName(self)"),
        (lint.nested_event_loops, "QApplication.processEvents()"),
        (lint.remembered_layout_items, "layout.itemAt(0).widget()"),
        (lint.guessed_rich_text, "label = QLabel(client.name)"),
        (lint.guessed_rich_text, "class Label(QtWidgets.QLabel): pass"),
        (lint.guessed_rich_text, "view.setHtml(note)"),
        (lint.guessed_rich_tips, "item.setToolTip(client.name)"),
        (lint.guessed_rich_tips, "item.setToolTip(f'{client.name}')"),
        (lint.sql_from_text, "import sqlalchemy as sa\nsa.text(f'SELECT {x}')"),
        (lint.sql_from_text, "import sqlalchemy as sa\nc.execute(sa.text('SELECT ' + x))"),
        (lint.sql_from_text, "import sqlalchemy as sa\nc.exec_driver_sql('SELECT %s' % x)"),
        (lint.sql_from_text, "import pymysql\nc.execute('SELECT {}'.format(x))"),
        (lint.untranslatable_words, "self.tr(f'Book {name}')"),
        (lint.untranslatable_words, "QCoreApplication.translate('x', 'Book ' + name)"),
        (lint.transactions_not_marked, "with engine.begin() as c: pass"),
        (lint.transactions_not_marked, "with self._engine.begin() as c: pass"),
        (lint.own_event_loops, "def main():\n    from qasync import QEventLoop"),
    ],
)
def test_the_rule_sees(rule: lint.Rule, bad: str) -> None:
    assert list(rule(ast.parse(bad)))


@pytest.mark.parametrize(
    ("rule", "good"),
    [
        (lint.nested_event_loops, "dialog.open()"),
        (lint.guessed_rich_text, "label = PlainLabel(client.name)"),
        (lint.guessed_rich_tips, "item.setToolTip(plain_tip(client.name))"),
        (lint.guessed_rich_tips, "item.setToolTip(self.tr('Book'))"),
        (lint.sql_from_text, "import sqlalchemy as sa\nsa.text('SELECT 1')"),
        (lint.sql_from_text, "widget.text(f'{x}')"),
        (lint.untranslatable_words, "self.tr('Book {name}').format(name=name)"),
        (lint.transactions_not_marked, "with engine.execution_options(**WRITES).begin() as c: pass"),
        (lint.transactions_not_marked, "page.begin()"),
    ],
)
def test_the_rule_lets_pass(rule: lint.Rule, good: str) -> None:
    assert list(rule(ast.parse(good))) == []


def test_one_word_per_thing() -> None:
    """A booking is a booking and a client a client, in names, comments and on the screen."""
    found = [
        f"{path.relative_to(PACKAGE)}:{number}: {line.strip()}"
        for path in FILES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if OTHER_WORDS.search(line)
    ]
    assert found == []


def test_files_stay_readable() -> None:
    """A file that passes this becomes a folder of its name."""
    lengths = {path.relative_to(PACKAGE).as_posix(): len(path.read_text().splitlines()) for path in FILES}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def _folders_with_python(root: Path) -> set[Path]:
    return {path.parent for path in root.rglob("*.py")}


@pytest.mark.parametrize("root", ["src/avenrae_desktop", "tests"])
def test_every_folder_is_a_package(root: str) -> None:
    """import-linter does not see a folder without __init__.py; two test files of one name would clash."""
    top = ROOT / root
    folders = {each for found in _folders_with_python(top) for each in (found, *found.parents)}
    inside = {each for each in folders if each.is_relative_to(top)}
    assert {each.relative_to(ROOT) for each in inside if not (each / "__init__.py").exists()} == set()
