"""Lives through a project by itself: weeks pass, people do what the story has them do, and answer what comes.

The story is data (`stories/<scenario>.yaml`); this module knows no product:

    first: 3                    # the week that begins on the next Monday
    weeks:
      - title: {en: The first anonymous questions, fr: …}
        do:                     # chapters, as in `played/` (player.py), each on a day of the week (1: Monday)
          - {day: 2, as: elodie, do: […]}
    habits: …                   # what people do with what reaches them (habits.py)

Time goes from one due event to the next, as by hand. It can be paused, and stopped for good.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from ruamel.yaml import YAML

from sandbox.refusal import Json
from sandbox.scenarios.acting import Stuck, asks
from sandbox.scenarios.habits import Habits
from sandbox.scenarios.player import chapter_played

HERE = Path(__file__).parent / "stories"
ZONE = ZoneInfo("Europe/Paris")  # where the example company is
#: When people look at what has come: after the hours in which the app posts to all, within their own.
LOOK = time(11, 30)
WORKING_DAYS, WEEK = 5, timedelta(days=7)


@dataclass(kw_only=True)
class Told:
    """How far a story is: what the page shows."""

    run: int = 0
    running: bool = False
    week: int = 0
    weeks: int = 0
    title: Json = field(default_factory=dict)
    traffic: int = 0  # number of the last exchange that belongs to the story
    problems: list[str] = field(default_factory=list)
    going: asyncio.Event = field(default_factory=asyncio.Event)  # not set: paused

    def json(self) -> Json:
        """As the page reads it."""
        paused = self.running and not self.going.is_set()
        return {"run": self.run, "running": self.running, "paused": paused, "week": self.week,
                "weeks": self.weeks, "title": self.title, "traffic": self.traffic,
                "problem": self.problems[0] if self.problems else ""}  # fmt: skip


def script(scenario: str) -> Json | None:
    """The story of this scenario; None when it has none."""
    path = HERE / f"{scenario}.yaml"
    if not scenario.isidentifier() or not path.exists():
        return None
    found: Json = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return found


class Story:
    """One telling of it, against the sandbox at `url`."""

    def __init__(self, url: str, data: Json, told: Told, *, patience: float = 6.0) -> None:
        self.url, self.data, self.told, self.patience = url, data, told, patience
        self.habits = Habits(url=url, data=data["habits"], patience=patience, problems=told.problems)
        self.first = int(data["first"])
        told.going.set()
        told.weeks = self.first + len(data["weeks"]) - 1

    async def tells(self, *, until: int | None = None) -> None:
        """From next Monday to the end, or to the end of the week `until`."""
        monday = await self._monday()
        for n, week in enumerate(self.data["weeks"], start=self.first):
            if until is not None and n > until:
                return
            self.told.week, self.told.title = n, week["title"]
            await self._week(week, monday + WEEK * (n - self.first), n)

    async def _week(self, week: Json, monday: date, n: int) -> None:
        for day in range(WORKING_DAYS):
            today = monday + timedelta(days=day)
            await self._until(today)
            for chapter in week.get("do", ()):
                if int(chapter.get("day", 1)) == day + 1:
                    await self.told.going.wait()
                    await chapter_played(self.url, chapter, self.patience, self.told.problems)
            await self.told.going.wait()
            await self.habits.day(today, n)

    async def _until(self, day: date) -> None:
        """It is half past eleven of that day, everything before having happened in its turn."""
        await self.told.going.wait()
        moment = datetime.combine(day, LOOK, tzinfo=ZONE)
        if moment.timestamp() > (await looks(self.url, "time"))["now"]:
            await asks(self.url, "time", {"until": moment.astimezone(UTC).isoformat()})

    async def _monday(self) -> date:
        """The next one, where the company is."""
        today = datetime.fromtimestamp((await looks(self.url, "time"))["now"], ZONE).date()
        return today + timedelta(days=7 - today.weekday())


async def looks(url: str, what: str) -> Any:
    """An answer of the control API."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/_/{what}") as answer:
        found = await answer.json()
    if found.get("ok") is False:
        raise Stuck(str(found.get("error")))
    return found
