"""What is to be voted on again (4.1): steps whose last vote had no quorum. Plans nothing."""

from collections.abc import Iterable

from flows.workshop.ballot import Result
from flows.workshop.script import Script


def to_replay(script: Script, results: Iterable[Result]) -> tuple[int, ...]:
    """The steps a replay plays (Workshop.plays): those that are indicative, and the closing; () for none. A
    vote that was held again with quorum counts; one in which nobody voted is not replayed."""
    last = {result.step: result for result in results if result.verdict != "empty"}
    steps = sorted(step for step, result in last.items() if result.indicative)
    return (*steps, len(script.steps)) if steps else ()
