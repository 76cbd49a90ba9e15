"""`make faults`: kills under load on each database, and a verdict. Exit code 1: something is wrong.

python -m tests.faults [--database sqlite|postgresql|both] [--kills 200] [--seed n]
"""

import argparse
import asyncio
import secrets
import sys

from benchmarks.stores import store
from tests.faults.run import Plan, Result, run
from tests.faults.table import complaints, table
from tests.faults.world import Size

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--database", choices=[*NAMES, "both"], default="both")
    parser.add_argument("--kills", type=int, default=200, help="on each database")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="of what chance decides")
    asked = parser.parse_args()
    wanted = list(NAMES) if asked.database == "both" else [asked.database]
    results = [_one(NAMES[name], asked.kills, asked.seed) for name in wanted]
    say(f"\n{table(results)}")
    for result in results:
        if result.wrong:
            say(f"\n{result.plan.name}:\n{complaints(result)}")
    return 1 if any(result.wrong for result in results) else 0


def say(line: str) -> None:
    """Tell whoever watches."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _one(name: str, kills: int, seed: int) -> Result:
    with store(name) as url:
        plan = Plan(name=name, url=url, kills=kills, seed=seed, size=Size(seconds=kills * 0.9))
        return asyncio.run(run(plan, say))


if __name__ == "__main__":
    sys.exit(main())
