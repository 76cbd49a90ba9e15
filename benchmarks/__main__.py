"""`make bench`: everything that is measured, as Markdown.

python -m benchmarks [--quick] [turns] [size]
"""

import argparse
import asyncio
import os
import platform
import time

from benchmarks import size, turns


def main() -> None:
    """Run what is asked for; without a name, all of it."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("what", nargs="*", choices=["turns", "size", []], help="turns, size; all if none")
    parser.add_argument("--quick", action="store_true", help="one short window each: to see that it works")
    asked = parser.parse_args()
    what = asked.what or ["turns", "size"]
    began = time.monotonic()
    load = os.getloadavg()[0]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} at the start.")
    if "turns" in what:
        quick = turns.Plan(crowds=(32,), rounds=1, seconds=2, warm=0.5, stock=False)
        asyncio.run(turns.main(quick if asked.quick else turns.Plan()))
    if "size" in what:
        asyncio.run(size.main(turns.STORES, **({"rounds": 1, "seconds": 1} if asked.quick else {})))
    print(f"\nMeasured in {time.monotonic() - began:.0f} s; load {os.getloadavg()[0]:.1f} at the end.")


if __name__ == "__main__":
    main()
