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

`opens` presses what Home offers beside a title, `puts_away` closes whatever form is open.
`fills` fills without submitting, `says` writes, `sees` waits for words. `waits` moves the demo's clock from
event to event until the words are there: messages leave in working hours. {day: -10} is ten days ago.
A chapter whose gesture fails ends there, is noted in a sentence, and the next chapter begins.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import aiohttp
from ruamel.yaml import YAML

from sandbox.person import Cannot, NotSeen, Person
from sandbox.refusal import Json

JUMPS = 14  # events one waits for at most: in the evening, a sponsor's second message is two days away
GLANCE = 1.2  # seconds one looks after each; what comes late is seen after the next
PLAYED = {"X-Sandbox-Player": "1"}  # tells a gesture of the player from one of the page
REDRAWN = 3  # times a form is filled: a choice before may redraw it late, on a busy machine
HERE = Path(__file__).parent / "played"


class Stuck(Exception):
    """A gesture did not lead where it should; the text is a sentence."""


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


class Actor(Person):
    """Somebody the player acts as: what is meant for the page says no to them meanwhile (control.py)."""

    def client(self) -> aiohttp.ClientSession:
        """The session to the sandbox, which says that the player is at work."""
        if self._session is None:
            self._session = aiohttp.ClientSession(headers=PLAYED)
        return self._session

    async def __aenter__(self) -> Self:
        await asks(self.url, "acting", {"as": self.who})
        return self

    async def __aexit__(self, *_: object) -> None:
        await asks(self.url, "acting", {"as": ""})
        await self.leave()


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
            await _put_down(person)


async def wait_until_free(person: Person, patience: float) -> None:
    """Whoever looks on has a form of this person open: they may finish, for a while; then it is put away."""
    end = asyncio.get_running_loop().time() + patience
    while (await person.state())["modals"]:
        if asyncio.get_running_loop().time() > end:
            return await _put_down(person)
        await asyncio.sleep(0.1)
    return None


def _sentence(chapter: Json, gesture: Json, reason: BaseException) -> str:
    first = next(iter(str(reason).splitlines()), "") or type(reason).__name__
    return f"{chapter['as']}, {next(iter(gesture))}: {first[:200]}"


async def _put_down(person: Person) -> None:
    """Leave no form open behind a chapter that failed."""
    if (await person.state())["modals"]:
        await person.closes(everything=True)


async def act(person: Person, gesture: Json, patience: float) -> None:
    """One gesture, tried again when the screen changed between looking and pressing."""
    verb, what = next(iter(gesture.items()))
    for pause in (0.3, 1.0):
        try:
            return await VERBS[verb](person, what, patience)
        except Cannot:
            await asyncio.sleep(pause)
    return await VERBS[verb](person, what, patience)


async def _goes(person: Person, where: str, _: float) -> None:
    if where == "home":
        await person.home()
    elif where == "dm":
        await person.dm()
    else:
        await person.channel(where)


async def _runs(person: Person, line: str, _: float) -> None:
    _must(await person.runs(line))


async def _says(person: Person, text: str, _: float) -> None:
    await person.says(text)


async def _sees(person: Person, text: str, patience: float) -> None:
    await person.sees(text, within=patience)


async def _waits(person: Person, text: str, patience: float) -> None:
    """Wait from event to event. What is due at this hour leaves first: on a busy machine one would else jump
    over what was about to come, and be days ahead of the story."""
    await asks(person.url, "time", {"advance": 0})
    for _ in range(JUMPS):
        try:
            await person.sees(text, within=min(GLANCE, patience / 2))
            return
        except NotSeen:
            await _next_event(person.url)
    try:
        await person.sees(text, within=patience)
    except NotSeen:
        raise Stuck(f"{text!r} did not come") from None


async def _next_event(url: str) -> None:
    await asks(url, "time", {"until": "next"})


async def asks(url: str, what: str, body: Json) -> None:
    """Something of the control API, said by the player. Raises `Stuck` for what is refused."""
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60), headers=PLAYED) as session,
        session.post(f"{url}/_/{what}", json=body) as answer,
    ):
        _must(await answer.json())


async def _clicks(person: Person, label: str, patience: float) -> None:
    _must(await person.clicks(label, within=patience))


async def _answers(person: Person, words: str, patience: float) -> None:
    """Press the first button of the message that has these words: an invitation's "Commencer"."""
    message = await person.message(words, within=patience)
    for thing in await person.things():
        if thing.container.get("ts") == message["ts"] and thing.kind == "button":
            pressed = {"action_id": thing.action_id, "block_id": thing.block_id, "container": thing.container}
            await asks(person.url, "click", {"as": person.who, **pressed})
            return
    raise Stuck(f"the message with {words!r} has no button")


async def _chooses(person: Person, choices: Json, patience: float) -> None:
    for label, value in choices.items():
        _must(await person.chooses(label, _value(value, await _today(person)), within=patience))


async def _fills(person: Person, answers: Json, patience: float) -> None:
    today = await _today(person)
    await person.fills({label: _value(value, today) for label, value in answers.items()}, within=patience)


async def _submits(person: Person, answers: Json | None, patience: float) -> None:
    """Fill and send; once more when the form was redrawn meanwhile and what is refused is the old one."""
    answer: Json = {}
    for _ in range(REDRAWN):
        await _fills(person, answers or {}, patience)
        before = await person.modal()
        answer = await person.submits()
        if not answer.get("errors"):
            _must(answer)
            return await _moved_on(person, before, patience)
        if not await _moves_on(person, before, patience):
            break
    raise Stuck(" ".join(answer["errors"].values()))


async def _moved_on(person: Person, before: Json, patience: float) -> None:
    if not await _moves_on(person, before, patience):
        raise Stuck("the form did not move on")


async def _moves_on(person: Person, before: Json, patience: float) -> bool:
    """Whether the form closes or shows something else in time."""
    for _ in range(int(patience * 20)):
        modals = (await person.state())["modals"]
        if not modals or (modals[-1]["id"], modals[-1]["hash"]) != (before["id"], before["hash"]):
            return True
        await asyncio.sleep(0.05)
    return False


async def _closes(person: Person, everything: bool, _: float) -> None:
    await person.closes(everything=everything)


async def _puts_away(person: Person, _: Any, __: float) -> None:
    await _put_down(person)


async def _everybody_reads(person: Person, where: str, _: float) -> None:
    """All the people here have seen this channel: nobody looks in to find old cards counted as new."""
    for one in (await person.state())["people"]:
        if not one["is_bot"]:
            await asks(person.url, "read", {"as": one["id"], "channel": where.lstrip("#")})


# what a gesture of the data may be
VERBS: dict[str, Callable[[Person, Any, float], Awaitable[None]]] = {
    "goes": _goes,
    "runs": _runs,
    "says": _says,
    "sees": _sees,
    "clicks": _clicks,
    "answers": _answers,
    "chooses": _chooses,
    "fills": _fills,
    "waits": _waits,
    "submits": _submits,
    "closes": _closes,
    "puts_away": _puts_away,
    "everybody_reads": _everybody_reads,
}


def _must(answer: Json) -> None:
    if answer.get("ok") is False:
        raise Stuck(str(answer.get("shown") or answer.get("error")))


async def _today(person: Person) -> date:
    """The day in the pretend workspace, UTC."""
    return datetime.fromtimestamp((await person.state())["now"], UTC).date()


def _value(raw: Any, today: date) -> Any:
    """A value of the data; {day: n} becomes the date n days from today."""
    if isinstance(raw, dict) and "day" in raw:
        return (today + timedelta(days=int(raw["day"]))).isoformat()
    if isinstance(raw, list):
        return [_value(item, today) for item in raw]
    return raw
