"""A post that people do not want: three ❌ hide it, its author or the facilitator takes it back.

Slack is asked how many there are now; who reacted is neither kept nor told (6.4 rule 6).
"""

from typing import Any

from bot import answer, asker, people
from bot.outbound.outcome import Sent
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.register import reaction
from bot.request import Reply, Request
from bot.rounds import sending
from bot.rounds.cards import message
from bot.wins import queueing
from bot.wins.card import head, of_button
from bot.words import blocks, elements
from bot.words.text import words
from storage import card, win
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row

CROSS = "x"  # ❌
ENOUGH = 3
SHOWN_AGAIN = "shown:"  # noted of a post that the facilitator has shown again: it is not hidden twice


async def added(request: Request, parts: Parts) -> Reply:
    """A reaction on a message: a cross on a win; any other goes where reactions have gone before."""
    event = request.payload.get("event") or {}
    item = event.get("item") or {}
    if str(event.get("reaction") or "").partition("::")[0] != CROSS:
        return await reaction.added(request, parts)
    channel, ts = str(item.get("channel") or ""), str(item.get("ts") or "")
    place = {"workspace": request.workspace, "kind": queueing.CARD, "channel": channel, "ts": ts}
    object_id = await parts.db.read(card.at, **place)
    if not object_id:
        return await reaction.added(request, parts)

    async def look() -> None:
        if await _crosses(request, parts, channel, ts) >= ENOUGH:
            await parts.db.run(_hide, request=request, parts=parts, value=object_id)
            parts.wake()

    return Reply(after=look)


async def _crosses(request: Request, parts: Parts, channel: str, ts: str) -> int:
    """How many people have put a cross on it now; 0 when Slack does not say."""
    outcome = await parts.slack.call(
        request.workspace, "conversations.replies", channel=channel, ts=ts, oldest=ts, latest=ts,
        inclusive=True, limit=10,
    )  # fmt: skip
    found = outcome.data.get("messages") if isinstance(outcome, Sent) else None
    kept = found if isinstance(found, list) else []
    post = next((one for one in kept if isinstance(one, dict) and one.get("ts") == ts), {})
    crosses = [one for one in post.get("reactions") or () if str(one.get("name")).partition("::")[0] == CROSS]
    return sum(int(one.get("count") or 0) for one in crosses)


def _hide(conn: Connection, *, request: Request, parts: Parts, value: str) -> None:
    found, now = of_button(conn, workspace=request.workspace, value=value), parts.clock.now()
    if found is None:
        return
    projects.lock(conn, workspace=request.workspace, id=found[0].id)
    found = of_button(conn, workspace=request.workspace, value=value)
    if found is None or found[1].state != "posted":
        return
    project, kept = found
    here = {"workspace": project.workspace, "project_id": project.id}
    if f"{SHOWN_AGAIN}{kept.number}" in win.noted(conn, **here):
        return
    win.move(conn, **here, number=kept.number, state="hidden")
    queueing.win_card(conn, project=project, number=kept.number, now=now)
    queueing.hidden(conn, project=project, number=kept.number, now=now)


def told(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """To the facilitator: which post, and what can be done; not by whom."""
    value = f"{row.ref.get('project')}:{row.ref.get('win')}"
    found = of_button(conn, workspace=row.workspace, value=value)
    user = str(row.ref.get("user", ""))
    if found is None or found[1].state != "hidden":
        return None
    project, kept = found
    me = people.several(conn, workspace=row.workspace, users=(user,))[user]
    if later := sending.not_now(me, project, parts.clock.now()):
        return later
    w, names = words(people.language(me, project)), asker.named(conn, project=project)
    return message(
        blocks.section(w.md("This post is hidden: people of the channel did not want it there.")),
        blocks.section(head(w, kept, names)),
        blocks.actions(
            elements.button(w("Show it again"), f"win.show:{kept.number}", value=value),
            elements.button(w("Leave it hidden"), f"win.leave:{kept.number}", value=value),
        ),
        blocks.context(w("Who reacted is not kept, and not said to anybody.")),
    )


async def again(request: Request, parts: Parts) -> Reply:
    """[Show it again]: for the facilitator."""
    return await _by_facilitator(request, parts, show=True)


async def left(request: Request, parts: Parts) -> Reply:
    """[Leave it hidden]."""
    return await _by_facilitator(request, parts, show=False)


async def _by_facilitator(request: Request, parts: Parts, *, show: bool) -> Reply:
    w = words(people.language(await people.known(parts, request.workspace, request.user)))
    value = answer.chosen(request)
    done = await parts.db.run(_decide, request=request, parts=parts, value=value, show=show)
    parts.wake()
    shown_, stays = w("It stands in the channel again."), w("It stays hidden.")
    said = (shown_ if show else stays) if done else w("This no longer waits for you.")
    return answer.tell(request, parts, w, said)


def _decide(conn: Connection, *, request: Request, parts: Parts, value: str, show: bool) -> bool:
    found = of_button(conn, workspace=request.workspace, value=value)
    if found is None or found[0].cast.holder("facilitator") != request.user or found[1].state != "hidden":
        return False
    project, kept = found
    here, now = {"workspace": project.workspace, "project_id": project.id}, parts.clock.now()
    if show:
        win.move(conn, **here, number=kept.number, state="posted")
        win.remember(conn, **here, notes=(f"{SHOWN_AGAIN}{kept.number}",), now=now)
        queueing.win_card(conn, project=project, number=kept.number, now=now)
    return True


async def withdrawn(request: Request, parts: Parts) -> Reply:
    """[Withdraw]: by whoever told it, or the facilitator."""
    w = words(people.language(await people.known(parts, request.workspace, request.user)))
    done = await parts.db.run(_withdraw, request=request, parts=parts, value=answer.chosen(request))
    parts.wake()
    return answer.tell(request, parts, w, w("Taken back.") if done else w("I find nothing there for you."))


def _withdraw(conn: Connection, *, request: Request, parts: Parts, value: str) -> bool:
    found = of_button(conn, workspace=request.workspace, value=value)
    if found is None or not found[1].manual:
        return False
    project, kept = found
    if request.user not in (kept.by, project.cast.holder("facilitator")):
        return False
    here = {"workspace": project.workspace, "project_id": project.id}
    win.move(conn, **here, number=kept.number, state="withdrawn")
    if kept.state == "posted":
        queueing.win_card(conn, project=project, number=kept.number, now=parts.clock.now())
    return True


ACTIONS: dict[str, Any] = {"win.show": again, "win.leave": left, "win.withdraw": withdrawn}
EVENTS: dict[str, Any] = {"reaction_added": added}
MESSAGES = {"win_hidden": told}
