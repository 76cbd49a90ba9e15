"""The load: people who answer and who write to the bot, and remember what they were told.

They speak to the sandbox only. What goes wrong while the bot is dead they see, and try again.
"""

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.faults.slack import Json, Slack
from tests.faults.world import QUESTION, Team, World

TROUBLE = (RuntimeError, aiohttp.ClientError, TimeoutError, OSError)
BOT = "U0CADRAGE"
UNANSWERED = 6  # messages a person writes before they wait for replies
LOOKS = 12  # times somebody looks whether a form has changed

Going = Callable[[], bool]


@dataclass(frozen=True, kw_only=True)
class Written:
    """A message to the bot: in a direct message, or a mention in a channel."""

    who: str
    channel: str
    ts: str


@dataclass(kw_only=True)
class Memory:
    """What people were told. `sent` is everything that was submitted, acknowledged or not."""

    answered: list[tuple[str, str]] = field(default_factory=list)  # (person, text), as acknowledged
    sent: set[tuple[str, str]] = field(default_factory=set)
    written: list[Written] = field(default_factory=list)
    clicked: int = 0
    refused: int = 0

    @property
    def acknowledged(self) -> int:
        return len(self.answered) + self.clicked


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What everybody needs: where they are, what they remember, and what they leave to chance."""

    slack: Slack
    memory: Memory
    chance: random.Random


async def load(world: World, visit: Visit, going: Going) -> None:
    """Everybody at once, until `going` says no."""
    async with asyncio.TaskGroup() as group:
        for n, who in enumerate(world.writers):
            team = world.teams[n % len(world.teams)]
            group.create_task(_write(visit, who, team, going))
        for team in world.teams:
            for who in team.answerers:
                group.create_task(Answerer(visit, who).play(going))


async def _write(visit: Visit, who: str, team: Team, going: Going) -> None:
    """Direct messages, and every fourth time a mention in the channel of a team."""
    n = 0
    while going():
        n += 1
        with contextlib.suppress(*TROUBLE):
            if n % 4 == 0:
                await _says(visit, who, team.channel, f"<@{BOT}> hello {n}")
            elif await _patient(visit.slack, who):
                await _says(visit, who, "dm", f"My answer is {n}")
        await asyncio.sleep(visit.chance.uniform(0.6, 1.4))


async def _says(visit: Visit, who: str, where: str, text: str) -> None:
    said = await visit.slack.post("say", **{"as": who}, channel=where, text=text)
    channel = await direct(visit.slack, who) if where == "dm" else where
    visit.memory.written.append(Written(who=who, channel=channel, ts=said["ts"]))


async def _patient(slack: Slack, who: str) -> bool:
    """Whether the bot has answered nearly everything."""
    channel = await direct(slack, who)
    said = (await slack.get("messages", channel=channel))["messages"] if channel else []
    own = sum(1 for message in said if message.get("user") == who)
    return 2 * own - len(said) < UNANSWERED


async def direct(slack: Slack, who: str) -> str:
    """The channel of somebody's direct messages with the bot; empty before the first."""
    return str((await slack.get("state", **{"as": who}))["messages_tab"])


class Answerer:
    """Answers the first question over and over: opens the form, goes back to it, sends it, checks that the
    next page came."""

    def __init__(self, visit: Visit, who: str) -> None:
        self._slack, self._memory, self._chance, self._who = visit.slack, visit.memory, visit.chance, who
        self._n = 0

    async def play(self, going: Going) -> None:
        """Until the run is over. Whatever goes wrong, the person closes everything and starts again."""
        while going():
            try:
                await self._step(await self._state())
            except TROUBLE:
                self._memory.refused += 1
                await asyncio.sleep(0.1)

    async def _step(self, state: Json) -> None:
        modal = state["modals"][-1] if state["modals"] else None
        if modal is None:
            await self._open(state)
        elif field := _field(modal):
            await self._send(modal, field)
        elif _has(modal, "dialogue.back"):
            await self._press({"type": "view", "view_id": modal["id"]}, "dialogue.back")
            await self._until(lambda shown: shown["modals"] and _field(shown["modals"][-1]))
        else:
            await self._does("close", view_id=modal["id"], all=True)

    async def _open(self, state: Json) -> None:
        if not state["home"] or not _has(state["home"], "dialogue.open"):
            await self._does("open_home")
            await self._until(lambda shown: shown["home"] and _has(shown["home"], "dialogue.open"))
            return
        await self._press({"type": "home", "view_id": state["home"]["id"]}, "dialogue.open")
        await self._until(lambda shown: shown["modals"] and _useful(shown["modals"][-1]))

    async def _send(self, modal: Json, field: tuple[str, str]) -> None:
        """Send an answer. Told that it did not work, a person sends the same again, or another text."""
        self._n += 1
        block, action = field
        for _ in range(3):
            text = f"{self._who} answers {self._n}"
            self._memory.sent.add((self._who, text))
            done = await self._does("submit", view_id=modal["id"], values={block: {action: text}})
            if done.get("ok"):
                state = await self._state()
                if not state["modals"] or _field(state["modals"][-1]) is None:
                    self._memory.answered.append((self._who, text))
                    return
            self._memory.refused += 1
            await asyncio.sleep(self._chance.uniform(0.1, 0.5))
            self._n += self._chance.random() < 0.5

    async def _press(self, container: Json, action: str) -> None:
        view = await self._state()
        shown = view["home"] if container["type"] == "home" else (view["modals"] or [None])[-1]
        found = _has(shown, action) if shown else None
        if not found:
            return
        block, action_id = found
        done = await self._does("click", container=container, action_id=action_id, block_id=block)
        if not done.get("ok"):
            raise RuntimeError("not confirmed")
        self._memory.clicked += 1

    async def _until(self, there: Callable[[Json], Any]) -> None:
        """Look again and again, a few seconds at most."""
        for n in range(LOOKS):
            await asyncio.sleep(0.04 * (n + 1))
            if there(await self._state()):
                return
        state = await self._state()
        if state["modals"]:
            await self._does("close", view_id=state["modals"][-1]["id"], all=True)

    async def _state(self) -> Json:
        return await self._slack.get("state", **{"as": self._who})

    async def _does(self, gesture: str, **body: Any) -> Json:
        return await self._slack.post(gesture, **{"as": self._who}, **body)


def _field(view: Json) -> tuple[str, str] | None:
    """Where the answer is typed, if this is the page of the question."""
    for block in view["blocks"]:
        if block["type"] == "input" and block["block_id"].startswith(f"q:{QUESTION}:"):
            return block["block_id"], block["element"]["action_id"]
    return None


def _has(view: Json, action: str) -> tuple[str, str] | None:
    """A button of this view, as (block id, action id)."""
    for block in view["blocks"]:
        for element in (*block.get("elements", ()), block.get("accessory") or {}):
            if str(element.get("action_id", "")).partition(":")[0] == action:
                return block["block_id"], element["action_id"]
    return None


def _useful(view: Json) -> bool:
    return bool(_field(view) or _has(view, "dialogue.back"))
