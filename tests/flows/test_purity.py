"""The core decides and does nothing else: no clock, no randomness, no I/O, no Slack, no SQL."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import flows

FLOWS = Path(flows.__file__).parent
FILES = sorted(FLOWS.rglob("*.py"))
PURE = {
    "ast", "collections", "dataclasses", "datetime", "flows", "functools", "graphlib", "itertools",
    "math", "re", "statistics", "typing", "unicodedata",
}  # fmt: skip
#: What a file may import beyond that, and why.
MORE = {
    "playbook/loader.py": {"pathlib", "pydantic"},  # the one that reads content files
    "written.py": {"yaml"},  # reads the text of a file it is given
    "playbook/checkins.py": {"pydantic"},  # checks the shape of check-ins and of the calendar
    "playbook/diagnosis.py": {"pydantic"},  # checks the shape of the files of the diagnosis
    "playbook/schema.py": {"pydantic"},  # checks their shape
    "playbook/sending.py": {"pydantic"},  # checks the shape of the plan and of the waves
    "playbook/statements.py": {"pydantic"},  # checks the shape of the file of statements
    "playbook/wins.py": {"pydantic"},  # checks the shape of the file of small wins
    "playbook/workshops.py": {"pydantic"},  # checks the shape of the file of workshops
    "signoff/fingerprint.py": {"hashlib", "json"},  # a mark of what is signed
    "document/vendors.py": {"hashlib"},  # an order that says nothing of who wrote what
    "workshop/hours.py": {"zoneinfo"},  # working hours are those of a zone
    "meeting.py": {"zoneinfo"},  # times at which everybody works, each in their zone
    "holidays.py": {"dateutil"},  # works out the day of Easter
    "cadence.py": {"zoneinfo"},  # reads the time zone database
}
#: Calls that look at the clock, at files, or at the world.
WORLDLY = {"now", "utcnow", "today", "open", "print", "input", "exec", "eval", "getenv", "read_text"}


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FLOWS).as_posix())
def test_a_file_of_the_core_is_pure(file: Path) -> None:
    name = file.relative_to(FLOWS).as_posix()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert set(imported(tree)) <= PURE | MORE.get(name, set())
    allowed = {"read_text"} if name == "playbook/loader.py" else set()
    assert not set(called(tree)) & (WORLDLY - allowed)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FLOWS).as_posix())
def test_a_file_says_its_one_job_first(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FLOWS).as_posix())
def test_what_others_use_says_what_it_does(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    owners = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
    named = (
        node for owner in owners for node in owner.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    )
    silent = [node.name for node in named if not node.name.startswith("__") and not ast.get_docstring(node)]
    assert [name for name in silent if not name.startswith("_")] == []
