"""What the tests of the project itself look at: the files git knows, and the Python among them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "flows", "storage", "sandbox")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file git tracks that is still there; without git (an unpacked archive), every file."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        found = (ROOT / name for name in listed.stdout.split("\0") if name)
        return tuple(path for path in found if path.is_file())
    hidden = (".venv", ".git", "__pycache__", "data", "dist")
    return tuple(p for p in ROOT.rglob("*") if p.is_file() and not set(hidden) & set(p.parts))


def text(name: str) -> str:
    """One file of the checkout."""
    return (ROOT / name).read_text(encoding="utf-8")


def name(path: Path) -> str:
    """As one would write it: relative to the root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every Python file that ships, parsed; migrations are generated and left out."""
    for path in tracked():
        where = name(path)
        shipped = where.endswith(".py") and where.startswith(tuple(f"{p}/" for p in PACKAGES))
        if shipped and "/migrations/versions/" not in where:
            yield where, ast.parse(path.read_text(encoding="utf-8"))


def pages() -> tuple[Path, ...]:
    """Every Markdown file."""
    return tuple(path for path in tracked() if path.suffix == ".md")
