"""Acts out what the people of a scenario did in the project, through the bot, as they would by hand.

The gestures are data (`played/<scenario>.yaml`); this module knows no question, no product:

    chapters:
      - as: elodie
        do:
          - goes: "#boreal"                  # or home, dm
          - runs: /cadrage nouveau
          - submits: {Comment s’appelle le projet ?: Boréal}     # fill these labels, then press submit
          - clicks: Commencer
          - answers: Objectifs               # the first button of the message with this word
          - chooses: {"Pas de réponse ?": Je ne sais pas}
          - closes: true

`puts_away` closes whatever form is open, `fills` fills without submitting, `says` writes, `sees` waits for
words. `waits` moves the demo's clock from event to event until the words are there: messages leave in working
hours. {day: -10} is ten days ago.
A chapter whose gesture fails ends there, is noted in a sentence, and the next chapter begins.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from ruamel.yaml import YAML

from sandbox.person import Cannot, NotSeen
from sandbox.refusal import Json
from sandbox.scenarios.acting import Actor, Stuck, put_down, wait_until_free
from sandbox.scenarios.gestures import act

HERE = Path(__file__).parent / "played"


@dataclass(kw_only=True)
class Played:
    """How far the play is: what the page shows."""

    run: int = 0
    running: bool = False
    step: int = 0
    total: int = 0
    traffic: int = 0  # number of the last exchange that belongs to the play
    problems: list[str] = field(default_factory=list)

    def json(self) -> Json:
        """As the page reads it."""
        return {"run": self.run, "running": self.running, "step": self.step, "total": self.total,
                "traffic": self.traffic, "problem": self.problems[0] if self.problems else ""}  # fmt: skip


def chapters(scenario: str) -> list[Json]:
    """What happened in this scenario; empty when nothing did."""
    path = HERE / f"{scenario}.yaml"
    if not scenario.isidentifier() or not path.exists():
        return []
    data: Json = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    found: list[Json] = data["chapters"]
    return found


async def play(url: str, scenario: str, played: Played, *, patience: float = 6.0) -> None:
    """Play all chapters against the sandbox at `url`, telling `played` how far it is."""
    todo = chapters(scenario)
    played.total = sum(len(chapter["do"]) for chapter in todo)
    done = 0
    for chapter in todo:
        await chapter_played(url, chapter, patience, played.problems, step=played)
        done += len(chapter["do"])
        played.step = done


async def chapter_played(
    url: str, chapter: Json, patience: float, problems: list[str], step: Played | None = None
) -> None:
    """What one person does in a row. A gesture that fails ends it, and is noted in a sentence."""
    async with Actor(url, chapter["as"]) as person:
        gesture: Json = {}
        try:
            await wait_until_free(person, patience * 4)
            for gesture in chapter["do"]:
                await asyncio.wait_for(act(person, gesture, patience), patience * 8)
                if step is not None:
                    step.step += 1
        except (Cannot, NotSeen, Stuck, TimeoutError, aiohttp.ClientError, KeyError) as reason:
            problems.append(_sentence(chapter, gesture, reason))
            await put_down(person)
        except asyncio.CancelledError:  # the page stopped it
            await put_down(person)
            raise


def _sentence(chapter: Json, gesture: Json, reason: BaseException) -> str:
    first = next(iter(str(reason).splitlines()), "") or type(reason).__name__
    return f"{chapter['as']}, {next(iter(gesture))}: {first[:200]}"
