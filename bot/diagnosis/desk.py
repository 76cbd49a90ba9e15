"""`/cadrage diag` and its buttons: who may read what, and when the team may read a change of verdict."""

from collections.abc import Callable
from typing import Any

from bot import answer, asker, people
from bot.asker import Asker
from bot.diagnosis import pages, timing
from bot.diagnosis.card import LATER, card, team_waits
from bot.diagnosis.issues import SOURCE
from bot.diagnosis.picture import SPONSOR_APART, Picture, Reader, draw
from bot.once import once
from bot.parts import Parts
from bot.policy import Action, Deny
from bot.request import Handler, Json, Reply, Request
from bot.rounds import announce
from bot.words import blocks
from bot.words.text import N_
from flows import cadence
from flows.dialogue.effects import RecordKind
from flows.register.model import Kept
from storage import outbox, register
from storage.database import Connection

ISSUES: tuple[RecordKind, ...] = ("issue",)
Page = Callable[[Asker, Picture, Reader, Connection], list[Json]]


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage diag`: the card, for this person alone."""
    who = await asker.asker(request, parts)
    if isinstance(verdict := who.may("diagnosis.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    rows = await parts.db.read(_card, parts=parts, who=who, drawn=True)
    return Reply(ack={"response_type": "ephemeral", "text": blocks.said(rows), "blocks": rows})


def page(draws: Page, title: str, action: Action = "diagnosis.read") -> Handler:
    """A handler that opens a page of the diagnosis, for those who may."""

    async def handle(request: Request, parts: Parts) -> Reply:
        who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
        if isinstance(verdict := who.may(action), Deny):
            return answer.tell(request, parts, who.w, who.refusal(verdict))

        async def build() -> Json:
            rows = await parts.db.read(_page, parts=parts, who=who, draws=draws)
            return answer.page(who.w, who.w(title), rows)

        return answer.show(request, parts, who.w, who.w(title), build)

    return handle


async def send(request: Request, parts: Parts) -> Reply:
    """[Send me this with the chart]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("diagnosis.full"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    await parts.db.run(_send, request=request, parts=parts, who=who)
    parts.wake()
    return answer.tell(request, parts, who.w, who.w("It comes as a private message, with the chart."))


async def post(request: Request, parts: Parts) -> Reply:
    """[Post to the team]: the team's version, in the channel, once the team may read it."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("diagnosis.post"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    wait = await parts.db.run(_post, request=request, parts=parts, who=who)
    parts.wake()
    w = who.w
    if wait == LATER:
        said = w("Not yet: the sponsor and the lead read a change first, a working day before the team.")
    elif wait:
        said = w("Not yet: the sponsor and the lead read a change first. Possible from {day} on.", day=wait)
    else:
        said = w("Posted in the channel, without what is confidential.")
    return answer.tell(request, parts, w, said)


def _card(conn: Connection, *, parts: Parts, who: Asker, drawn: bool) -> list[Json]:
    """The card for this person; the team waits until those it concerns first have read a change."""
    reader, picture, wait = read(conn, parts, who)
    if wait and not reader.full:
        return list(team_waits(who.w, wait))
    return card(who.w, picture, reader, user=who.actor.user, drawn=drawn)


def read(conn: Connection, parts: Parts, who: Asker) -> tuple[Reader, Picture, str]:
    """Who reads, the diagnosis, and from when on the team may read it ("": now; LATER: a working day
    after the next run)."""
    project, now = who.here, parts.clock.now()
    picture = draw(conn, parts=parts, project=project, now=now)
    first = timing.leaders(project)
    known = tuple(people.several(conn, workspace=project.workspace, users=first).values())
    until = timing.still_early(project, known, picture.history, now)
    early = timing.first_for_some(project, known, picture.history, SPONSOR_APART, now)
    reader = Reader(roles=project.cast.roles_of(who.actor.user), early=early)
    day = who.w.day(until.astimezone(cadence.zone(project.zone)).date()) if until else ""
    if not day and timing.changed(picture.history[0] if picture.history else None, picture.found.verdict):
        day = LATER
    return reader, picture, day


def _page(conn: Connection, *, parts: Parts, who: Asker, draws: Page) -> list[Json]:
    reader, picture, wait = read(conn, parts, who)
    if wait and not reader.full:
        return list(team_waits(who.w, wait))
    return draws(who, picture, reader, conn)


def _whole(who: Asker, picture: Picture, reader: Reader, conn: Connection) -> list[Json]:
    return card(who.w, picture, reader, user=who.actor.user, drawn=False)


def _all(who: Asker, picture: Picture, reader: Reader, conn: Connection) -> list[Json]:
    return pages.all_advice(who.w, picture, reader, who.actor.user, _issues(conn, who))


def _issues(conn: Connection, who: Asker) -> dict[str, Kept]:
    """The open points of conditions, by what they are about."""
    project, roles = who.here, who.here.cast.roles_of(who.actor.user)
    kept = register.records(
        conn, workspace=project.workspace, project_id=project.id, kinds=ISSUES, roles=roles
    )
    mine = [one for one in kept if one.source == SOURCE]
    return {str(one.fields.get("rule") or one.fields.get("condition")): one for one in mine}


def _why(who: Asker, picture: Picture, reader: Reader, conn: Connection) -> list[Json]:
    return pages.why(who.w, picture, reader)


def _history(who: Asker, picture: Picture, reader: Reader, conn: Connection) -> list[Json]:
    return pages.history(who.w, picture, picture.history)


def _send(conn: Connection, *, request: Request, parts: Parts, who: Asker) -> None:
    now = parts.clock.now()
    if once(conn, request, now):
        announce.private(
            conn,
            workspace=who.here.workspace,
            user=who.actor.user,
            what="diagnosis_card",
            key=f"{who.here.id}:{now.isoformat()}",
            ref={"project": who.here.id},
            now=now,
        )


def _post(conn: Connection, *, request: Request, parts: Parts, who: Asker) -> str:
    """Queues the team's version. Gives the day from which it may be posted, "" when it is."""
    _, picture, wait = read(conn, parts, who)
    now = parts.clock.now()
    if not wait and once(conn, request, now):
        project = who.here
        number = picture.history[0].number if picture.history else 0
        outbox.queue(
            conn,
            workspace=project.workspace,
            key=f"diagnosis_team:{project.id}:{number}",
            lane=f"channel:{project.channel}",
            op="post",
            ref={"what": "diagnosis_team", "project": project.id, "channel": project.channel},
            now=now,
        )
    return wait


COMMANDS: dict[str, Handler] = {"diag": command}
ACTIONS: dict[str, Any] = {
    "diag.open": page(_whole, N_("Diagnosis")),
    "diag.all": page(_all, N_("All advice")),
    "diag.why": page(_why, N_("How it is worked out")),
    "diag.history": page(_history, N_("Earlier runs")),
    "diag.send": send,
    "diag.post": post,
}
