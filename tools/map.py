"""Writes docs/map.md: every file of the packages with its first sentence. `make map`.

python tools/map.py [--check]      --check: say whether the page is up to date, changing nothing
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "map.md"
FLOORS = {
    "bot": "speaks Slack, keeps time, wires everything together",
    "flows": "decides",
    "storage": "remembers",
    "sandbox": "a Slack workspace in a box",
    "benchmarks": "measures",
    "tools": "what `make` runs",
}


def said(path: Path) -> str:
    """The first paragraph of a file's docstring on one line; empty for an empty file."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.split("\n\n")[0].replace("\n", " ").replace("|", "\\|").strip()


def page() -> str:
    """The page as it should be."""
    out = [
        "# Map",
        "",
        "Every file in one sentence, which is its own first line. Written by `make map`.",
    ]
    for floor, what in FLOORS.items():
        out += ["", f"## `{floor}/`: {what}", "", "| File | Its one job |"]
        out.append("|---|---|")
        for path in sorted((ROOT / floor).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if "__pycache__" not in name and "/versions/" not in name and (job := said(path)):
                out.append(f"| `{name}` | {job} |")
    return "\n".join(out) + "\n"


def main() -> int:
    """Write the page, or compare it. Returns an exit code."""
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    print("docs/map.md is not up to date. Run: make map", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
