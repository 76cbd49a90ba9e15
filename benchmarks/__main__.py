"""`make bench`: everything that is measured, as Markdown.

python -m benchmarks [--quick] [turns] [size] [pieces] [registers] [schedules] [digests] [workshops]
                     [documents]
"""

import argparse
import asyncio
import contextlib
import io
import os
import platform
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import pieces, size, turns

EVERYTHING = ["turns", "size", "pieces", "registers", "schedules", "digests", "workshops", "documents"]
PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
PLACE = re.compile(r"(<!-- results -->\n)(.*)(<!-- end of results -->)", re.DOTALL)


class Both(io.TextIOBase):
    """Writes to the terminal, and remembers."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def write(self, text: str) -> int:
        """Show and keep."""
        self.kept.append(text)
        return sys.__stdout__.write(text) if sys.__stdout__ else len(text)

    def flush(self) -> None:
        """Show at once."""
        if sys.__stdout__:
            sys.__stdout__.flush()


def main() -> None:
    """Run what is asked for; without a name, all of it."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "what", nargs="*", choices=[*EVERYTHING, []], help=f"{', '.join(EVERYTHING)}; all if none"
    )
    parser.add_argument("--quick", action="store_true", help="one short window each: to see that it works")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    asked = parser.parse_args()
    said = Both()
    with contextlib.redirect_stdout(said):
        measure(asked.what or EVERYTHING, quick=asked.quick)
    if asked.write:
        old = PAGE.read_text(encoding="utf-8")
        new = "".join(said.kept).strip()
        PAGE.write_text(PLACE.sub(lambda m: f"{m[1]}\n{_merged(m[2], new)}\n\n{m[3]}", old), encoding="utf-8")


def _merged(old: str, new: str) -> str:
    """The results with the sections that were measured now in the place of those of their names. Each says
    when it was measured, and how busy the machine was."""
    head, *measured = re.split(r"^### ", new, flags=re.MULTILINE)
    top, *kept = re.split(r"^### ", old.strip(), flags=re.MULTILINE)
    foot = measured[-1].rstrip().rpartition("\n")[2]
    measured = [one.replace(foot, "").strip() for one in measured]
    when = f"{head.strip()} {foot}"
    sections = {one.partition("\n")[0].strip(): one.partition("\n")[2].strip() for one in kept}
    for one in measured:
        name, _, said = one.partition("\n")
        sections[name.strip()] = f"{when}\n\n{said.strip()}"
    return "\n\n".join([top.strip(), *(f"### {name}\n\n{said}" for name, said in sections.items())])


def measure(what: list[str], *, quick: bool) -> None:
    """Print everything that was asked for."""
    began, load = time.monotonic(), os.getloadavg()[0]
    print(
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with Python {platform.python_version()} on "
        f"{os.cpu_count()} cores; load {load:.1f} at the start."
    )
    if "turns" in what:
        short = turns.Plan(crowds=(32,), rounds=1, seconds=2, warm=0.5, stock=False)
        asyncio.run(turns.main(short if quick else turns.Plan()))
    if "size" in what:
        print("\n### Size")
        asyncio.run(size.main(turns.STORES, **({"rounds": 1, "seconds": 1} if quick else {})))
    if "pieces" in what:
        print("\n### Pieces")
        pieces.main(quick=quick)
    if "registers" in what:
        print("\n### Registers")
        _apart("benchmarks.registers", *(["--quick"] if quick else []))
    if "schedules" in what:
        print("\n### What is due")
        _apart("benchmarks.schedules", *(["--quick"] if quick else []))
    if "digests" in what:
        print("\n### Digests")
        _apart("benchmarks.digests", *(["--quick"] if quick else []))
    if "workshops" in what:
        print("\n### Workshops")
        _apart("benchmarks.workshops", *(["--quick"] if quick else []))
    if "documents" in what:
        print("\n### Documents")
        _apart("benchmarks.documents", *(["--quick"] if quick else []))
    print(f"\nMeasured in {time.monotonic() - began:.0f} s; load {os.getloadavg()[0]:.1f} at the end.")


def _apart(module: str, *options: str) -> None:
    """In a process of its own, whose memory is nobody else's."""
    with subprocess.Popen(
        [sys.executable, "-m", module, *options], stdout=subprocess.PIPE, text=True
    ) as child:
        for line in child.stdout or ():
            print(line, end="", flush=True)
    if child.returncode:
        raise SystemExit(child.returncode)


if __name__ == "__main__":
    main()
