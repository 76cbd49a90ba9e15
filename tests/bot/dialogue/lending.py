"""What stories about asking a colleague share: a question is asked, a card is read, a word comes back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from bot import asker, people
from bot.delegation import answering, card
from bot.hub.home import view as home_view
from bot.outbound.render import Defer, Message
from bot.rounds import invitation
from flows.dialogue.delegation import Delegation
from storage import ask as asks_
from storage import delegation, memo
from storage import dialogue as dialogues
from storage.ask import Ask
from storage.outbox import Row
from storage.schedule import Due
from tests.bot.dialogue.stage import (
    ELODIE,
    INES,
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Hand,
    Stage,
    elements,
    said,
)

CLOSES = date(2026, 1, 29)
WORD = "You know the ERP side better than I do."
LOST = "Between the visit and the order"


async def passed_on(stage: Stage, dialogue: str) -> list[Delegation]:
    return await stage.parts.db.read(delegation.of_dialogue, workspace=WORKSPACE, dialogue_id=dialogue)


async def processes(stage: Stage) -> str:
    return await stage.opens("D04", people=[MARC, INES, PAUL], closes_on=CLOSES)


async def asks(
    stage: Stage, dialogue: str, *, by: str = MARC, to: str = SOFIA, question: str = "PRO03"
) -> Hand:
    """`by` leaves the screens before, and asks `to`."""
    hand = await stage.hand(by).opens(dialogue)
    for _ in range(9):
        if any(e["action_id"] == f"dialogue.exit:{question}" for e in elements(hand.view)):
            break
        for one in [
            e["action_id"] for e in elements(hand.view) if e["action_id"].startswith("dialogue.exit:")
        ]:
            await hand.chooses(one, "outside")
        await hand.sends()
    await hand.chooses(f"dialogue.exit:{question}", "asked")
    hand.fills({"who": to, "word": WORD})
    return await hand.sends()


async def says(stage: Stage, user: str, id: str, action: str = "delegation.answer") -> Hand:
    return await stage.hand(user).opens(id, action)


def row(what: str, one: Delegation, user: str, **more: Any) -> Row:
    return Row(
        id=1, workspace=WORKSPACE, key="k", lane="l", op="card", attempts=0, look_up=False, remote_id=None,
        first_try=one.asked_at, ref={"what": what, "delegation": one.id, "user": user, **more},
    )  # type: ignore[call-arg]  # fmt: skip


async def shown(
    stage: Stage, one: Delegation, *, posted: bool = True, user: str = ""
) -> Message | Defer | None:
    line = row("delegation", one, user or one.to_user)
    line = replace(line, remote_id="1.0") if posted else line
    return await stage.parts.db.read(card.render, line, stage.parts)


async def words_of(stage: Stage, one: Delegation) -> str:
    message = await shown(stage, one)
    assert isinstance(message, Message)
    return message.text.replace("\u00a0", " ").replace("*", "")


async def over(stage: Stage, one: Delegation) -> None:
    due = Due(
        workspace=WORKSPACE, id="x", kind="delegation_over", zone="Europe/Paris", period="p", covers=None,  # type: ignore[arg-type]
        look_up=False, data={"delegation": one.id},
    )  # fmt: skip
    await stage.run(answering.due_over, due=due, now=stage.calendar.now(), parts=stage.parts)


async def hands_all(stage: Stage, run: str, *, by: str = SOFIA, to: str = PAUL) -> Hand:
    """`by` asks `to` for all of it, from the card or from Home."""
    hand = await stage.hand(by).opens(run, "delegation.whole")
    return await hand.fills({"who": to}).sends()


async def invited(stage: Stage, run: str, user: str, *, ask: bool = False) -> None:
    """They have had their invitation, today or (`ask`) not yet."""
    found = await stage.parts.db.read(dialogues.run, workspace=WORKSPACE, id=run)
    note = {"leaves": stage.calendar.now().isoformat(), "by": ELODIE, "line": "", "first": False}
    await stage.run(memo.put, workspace=WORKSPACE, user=user, name=f"invited:{run}", value=note)
    today = stage.calendar.now().date()
    about = {"key": f"invitation:{run}:{user}", "user": user, "project_id": stage.project, "about": run}
    kept_ask = Ask(**about, kind="dialogue", earliest=today, minutes=5, since=stage.calendar.now())  # type: ignore[arg-type]
    await stage.run(asks_.put, workspace=WORKSPACE, ask=kept_ask)
    if not ask:
        await stage.run(asks_.left, workspace=WORKSPACE, key=kept_ask.key, now=stage.calendar.now())
    assert found


async def card_of(stage: Stage, run: str, user: str) -> str:
    """What the invitation says now."""
    ref = {"what": "invitation", "project": stage.project, "run": run, "user": user}
    line = Row(
        id=1, workspace=WORKSPACE, key=f"invitation:{run}:{user}", lane="l", op="card", attempts=0,
        look_up=False, remote_id="1.0", first_try=stage.calendar.now(), ref=ref,
    )  # fmt: skip
    message = await stage.parts.db.read(invitation.render, line, stage.parts)
    assert isinstance(message, Message)
    return said({"blocks": list(message.blocks)}).replace("*", "")


async def home_of(stage: Stage, user: str, view: Callable[..., Any] = home_view) -> str:
    """The words of somebody's Home, or of another page."""
    person = (await stage.parts.db.read(people.several, workspace=WORKSPACE, users=(user,)))[user]

    def draw(conn: Any) -> Any:
        who = asker.load(conn, parts=stage.parts, person=person)
        return view(conn, parts=stage.parts, who=who)

    return said({"blocks": await stage.parts.db.read(draw)}).replace("*", "")
