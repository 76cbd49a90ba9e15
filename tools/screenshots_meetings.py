"""The workshops that people of the example company hold for the pictures: what they write, how they vote.

Part of screenshots_workshops.py. Finds its way by ids, not by words: those are in screenshots_said.py.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Json = dict[str, Any]
VOTERS = ("claire", "marc", "ines", "paul", "sofia", "hugo")


async def kick_off(reel: Any) -> None:
    """W01: talk, a card, dots with their run-off, support and amendment, what is put aside, closing."""
    room, said = reel.room, reel.words
    await reel.runs("/cadrage workshop W01", "prepare")
    await room.prepares("W01")
    await reel.take("invited", "sofia", place="messages")
    await room.opens()
    await reel.take("talk", "paul")
    await room.steers("next")
    for who, text in zip(("paul", "ines"), said.cards, strict=True):
        await reel.put(who, text)
    await reel.take("cards", "ines")
    await room.steers("next")
    await opened(reel)
    await reel.looks("hugo", "workshop.vote", "dots")
    await all_vote(reel)
    await reel.take("dots-result", "hugo")
    if room.workshop.phase == "between":
        await opened(reel)
        await reel.looks("hugo", "workshop.vote", "run-off")
    while room.workshop.step < 4:
        await room.steers("next")
    await opened(reel)
    await reel.take("fist", "marc")
    await reel.desk("desk")
    await support(reel, (4, 5, 2, 3, 1, 4))
    await reel.put("paul", said.to_three)
    await reel.take("amendment", "paul")
    await opened(reel)
    await support(reel, (4, 5, 3, 3, 3, 4))
    await reel.take("carried", "marc", card=4)
    await until_step(reel, 6)
    await reel.put("sofia", said.parked, "parking", "workshop.give:park")
    await reel.take("close", "paul")
    await room.steers("next")


async def goals(reel: Any) -> None:
    """W02: side by side, written two by two, alike ideas put together."""
    await begins(reel, "W02")
    await reel.take("show", "paul")
    await reel.room.steers("next")
    await reel.take("pairs", "paul")
    for who, text in zip(("paul", "ines", "claire"), reel.words.goals, strict=True):
        await reel.put(who, f"{text} | |")
    await until_step(reel, 4)
    await reel.desk("cluster")
    await reel.room.presses(reel.room.facilitator, "workshop.agenda")
    await reel.take("agenda", "elodie")
    await ends(reel)


async def needs(reel: Any) -> None:
    """W06: lines filled together, needs placed, criteria, points."""
    await begins(reel, "W06")
    for who, text in zip(("paul", "ines", "hugo"), reel.words.needs, strict=True):
        await reel.put(who, text)
    await reel.take("rows", "paul")
    await until_step(reel, 3)
    await opened(reel)
    await reel.looks("hugo", "workshop.vote", "moscow")
    await all_vote(reel)
    await reel.take("moscow-result", "hugo", card=3)
    await until_step(reel, 5)
    await opened(reel)
    await reel.looks("hugo", "workshop.vote", "criteria")
    await until_step(reel, 6)
    await opened(reel)
    await reel.looks("hugo", "workshop.vote", "points")
    await ends(reel)


async def supporting(reel: Any) -> None:
    """W05: effect and effort, with the picture."""
    await begins(reel, "W05")
    await until_step(reel, 2)
    await opened(reel)
    await reel.looks("hugo", "workshop.vote", "grid-form")
    await all_vote(reel)
    await reel.take("grid", "hugo")
    await ends(reel)


async def premortem(reel: Any) -> None:
    """W07: one cause each, in turn."""
    await begins(reel, "W07")
    await until_step(reel, 3)
    for text in reel.words.causes[:2]:
        await reel.put(reel.speaker, text)
    await reel.take("round", reel.speaker)
    await ends(reel)


async def trade_offs(reel: Any) -> None:
    """W08: sliders once more, then what the arbiter decides."""
    await begins(reel, "W08")
    await until_step(reel, 3)
    await opened(reel)
    await reel.looks("hugo", "workshop.vote", "sliders")
    await all_vote(reel)
    await reel.take("sliders-result", "hugo", card=3)
    await until_step(reel, 4)
    await reel.take("decide", "claire")
    await ends(reel)


async def note(reel: Any) -> None:
    """W10: a silent second reading."""
    await begins(reel, "W10")
    await reel.take("read", "paul")
    await ends(reel)


MEETINGS: tuple[Callable[[Any], Awaitable[None]], ...] = (
    kick_off, goals, needs, supporting, premortem, trade_offs, note,
)  # fmt: skip


async def begins(reel: Any, script: str) -> None:
    """Prepared, opened, and everybody is there."""
    await reel.room.prepares(script)
    await reel.room.opens()


async def ends(reel: Any) -> None:
    """Over, wherever it stands."""
    await reel.room.facilitator.puts_down()
    await reel.room.steers("end")
    await reel.room.until(lambda now: not now.running)


async def until_step(reel: Any, step: int) -> None:
    """The facilitator goes on to this step."""
    while reel.room.workshop.step < step:
        await reel.room.steers("next")


async def opened(reel: Any) -> None:
    """A vote is open."""
    while not reel.room.workshop.voting:
        await reel.room.steers("next")


async def support(reel: Any, points: tuple[int, ...]) -> None:
    """Everybody says how far they support it; the last one reveals."""
    for who, point in zip(reel.room.voters, points, strict=True):
        await reel.room.votes(who, point)
    await reel.room.until(lambda now: not now.voting)


async def all_vote(reel: Any) -> None:
    """Everybody votes, each in their way; the last one reveals."""
    before = reel.room.workshop
    for n, who in enumerate(VOTERS):
        person, view = reel.someone(who), await reel.form(who, "workshop.vote")
        values = vote(view, before.ballot.kind, before.ballot.dots, n)
        done = await person.does("submit", view_id=view["id"], values=values)
        assert not done.get("errors"), done
        await person.changed_from(view)
        await person.puts_down()
    await reel.room.until(lambda now: now.move != before.move)


def vote(view: Json, kind: str, dots: int, voter: int) -> Mapping[str, Any]:
    """One person's answers: not those of the one before."""
    fields = [one for one in view["blocks"] if one["type"] == "input" and one["block_id"].startswith("vote:")]
    values: Json = {}
    for n, block in enumerate(fields):
        element = block["element"]
        options = element.get("options") or []
        if kind == "dots":
            said = "1" if (n - voter) % len(fields) < dots else "0"
        else:
            said = options[(n * 2 + voter * (n % 3)) % len(options)]["value"]
        values[block["block_id"]] = {element["action_id"]: said}
    return values
