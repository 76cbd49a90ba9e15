"""The gestures of a play, by their name in the data: what somebody does on the screen, and waits for.

player.py says what each means. Labels are those people read, or ids of fields and buttons.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sandbox.person import Cannot, NotSeen, Person
from sandbox.refusal import Json
from sandbox.scenarios.acting import Stuck, asks, must, put_down

JUMPS = 14  # events one waits for at most: in the evening, a sponsor's second message is two days away
GLANCE = 1.2  # seconds one looks after each; what comes late is seen after the next
REDRAWN = 3  # times a form is filled: a choice before may redraw it late, on a busy machine


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
    must(await person.runs(line))


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


async def _clicks(person: Person, label: str, patience: float) -> None:
    must(await person.clicks(label, within=patience))


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
        must(await person.chooses(label, _value(value, await _today(person)), within=patience))


async def _fills(person: Person, answers: Json, patience: float) -> None:
    today = await _today(person)
    await person.fills({label: _value(value, today) for label, value in answers.items()}, within=patience)


async def _submits(person: Person, answers: Json | None, patience: float) -> None:
    """Fill and send; once more when the form was redrawn meanwhile and what is refused is the old one."""
    answer: Json = {}
    for _ in range(REDRAWN):
        await _fills(person, answers or {}, patience)
        before = await _form(person, patience)
        answer = await person.submits()
        if not answer.get("errors"):
            must(answer)
            return await _moved_on(person, before, patience)
        if not await _moves_on(person, before, patience):
            break
    raise Stuck(" ".join(answer["errors"].values()))


async def _form(person: Person, patience: float) -> Json:
    """The form on top, once it can be sent: what is opening cannot."""
    for _ in range(int(patience * 10)):
        modal = await person.modal()
        if modal.get("submit"):
            return modal
        await asyncio.sleep(0.1)
    raise Stuck("no form can be sent")


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
    await put_down(person)


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
