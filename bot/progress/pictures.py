"""How a project goes, in pictures: dialogues and open points week by week, and the pulse over waves.

Sent to whoever asks, as a private message: Slack takes no chart in a modal or in Home. Each picture has its
twin in words. Nothing in it is about a person, and the pulse says no more than each wave has said.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot import answer, asker, people
from bot.asker import Asker
from bot.hub import withheld
from bot.once import once
from bot.outbound.render import Message
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.progress import stairs
from bot.request import Json, Reply, Request
from bot.rounds import announce, plan
from bot.rounds.cards import message
from bot.words import blocks, curves, elements
from bot.words.curves import Curves, Drawing, Line
from bot.words.text import Wording, words
from flows.cadence import zone
from flows.dialogue.effects import RecordKind
from flows.digest import pulse
from flows.progress import Mark, Span, burn_up
from flows.project import Project
from storage import dialogue as dialogues
from storage import points, register
from storage import project as projects
from storage import wave as waves
from storage.database import Connection
from storage.outbox import Row

WHAT, OPEN, PULSE = "progress_pictures", "progress.pictures", "C01"
ISSUES: tuple[RecordKind, ...] = ("issue",)


async def asked(request: Request, parts: Parts) -> Reply:
    """[In pictures]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("results.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    await parts.db.run(_queued, request=request, parts=parts, who=who)
    parts.wake()
    return answer.tell(request, parts, who.w, who.w("It comes as a private message, with the pictures."))


def render(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The message, from the data of now."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    user = str(row.ref.get("user", ""))
    if project is None or user not in project.cast.everybody():
        return None
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    w = words(people.language(person, project))
    on = parts.clock.now().astimezone(zone(project.zone)).date()
    rows = [blocks.header(w("{project}, in pictures", project=project.name))]
    for drawn, missing in (
        (going(conn, parts, w, project=project, on=on), w("There is nothing to compare yet.")),
        (group(conn, parts, w, project=project), w("The pulse: fewer than two check-ins are published yet.")),
    ):
        rows += shown(drawn) if drawn else [blocks.section(missing)]
    return message(*rows, blocks.context(w("Counts only. Individual activity is never shown to anybody.")))


def shown(drawn: Drawing) -> list[Json]:
    """The chart, and under it the same in words."""
    return [*drawn.chart, blocks.context(drawn.alt)]


def going(conn: Connection, parts: Parts, w: Wording, *, project: Project, on: date) -> Drawing | None:
    """The burn-up of dialogues and open points; None while there is nothing to compare."""
    sent = burn_up(_dialogues(conn, project), on)
    raised = burn_up(_points(conn, parts, project), on)
    if not sent:
        return None
    lines = [
        Line(name=w("Dialogues sent"), values=[one.begun for one in sent]),
        Line(name=w("Dialogues closed"), values=[one.done for one in sent]),
    ]
    if raised:
        lines += [
            Line(name=w("Points raised"), values=_beside(sent, raised, "begun")),
            Line(name=w("Points settled"), values=_beside(sent, raised, "done")),
        ]
    top = max(max(line.known) for line in lines)
    it = Curves(
        title=w("Dialogues and open points"),
        days=[w.short_day(one.day) for one in sent],
        lines=lines,
        top=-(-top // 4) * 4,
        across=w("Week by week"),
        up=w("How many"),
    )
    return Drawing(svg=curves.svg(it), alt=_said(w, sent, raised), chart=curves.chart(it))


def group(conn: Connection, parts: Parts, w: Wording, *, project: Project) -> Drawing | None:
    """The pulse of the team over its waves; None while fewer than two are published."""
    content = parts.playbook.waves.get(PULSE)
    every = waves.of_project(conn, workspace=project.workspace, project_id=project.id)
    closed = [one for one in every if one.what == PULSE and not one.open and not one.lots]
    if content is None or not closed:
        return None
    kept = waves.results(conn, workspace=project.workspace, ids=[one.id for one in closed])
    found = pulse.stairs(
        [(one.closed_on or one.closes_on, kept.get(one.id, {})) for one in closed], content.steps
    )
    names = {question.id: question.short for question in content.questions}
    return stairs.drawing(w, found, [names[item] for item, _ in content.steps])


def way(who: Asker) -> list[Json]:
    """[In pictures], for those who may."""
    if who.may("results.read") != Allow():
        return []
    return [elements.button(who.w("In pictures"), f"{OPEN}:way", value=who.here.id)]


def _queued(conn: Connection, *, request: Request, parts: Parts, who: Asker) -> None:
    now = parts.clock.now()
    if once(conn, request, now):
        announce.private(
            conn, workspace=who.here.workspace, user=who.actor.user, what=WHAT,
            key=f"{who.here.id}:{now.isoformat()}", ref={"project": who.here.id}, now=now,
        )  # fmt: skip


def _dialogues(conn: Connection, project: Project) -> list[Span]:
    """Each dialogue that was sent, once, however often; the set-up is begun and never sent."""
    runs: dict[str, list[dialogues.Run]] = {}
    for run in dialogues.runs(conn, workspace=project.workspace, project_id=project.id):
        if run.flow != plan.SETUP:
            runs.setdefault(run.flow, []).append(run)
    return [
        Span(
            began=_day(min(run.opened_at for run in same), project),
            ended=min((_day(run.closed_at, project) for run in same if run.closed_at), default=None),
        )
        for same in runs.values()
    ]


def _points(conn: Connection, parts: Parts, project: Project) -> list[Span]:
    """Open points that everybody may read."""
    here = {"workspace": project.workspace, "project_id": project.id}
    every = register.records(conn, workspace=project.workspace, project_id=project.id, kinds=ISSUES, roles=())
    readable = {one.ref for one in withheld.shown(conn, every, parts=parts, project=project)}
    return [
        Span(
            began=_day(one.raised_at, project),
            ended=_day(one.settled_at, project) if one.settled_at else None,
        )
        for one in points.points(conn, **here)
        if one.ref in readable
    ]


def _day(moment: datetime, project: Project) -> date:
    return moment.astimezone(zone(project.zone)).date()


def _beside(sent: Sequence[Mark], raised: Sequence[Mark], what: str) -> list[int]:
    """The same weeks for both: none had been raised before the first."""
    known = {one.day: one for one in raised}
    return [getattr(known[one.day], what) if one.day in known else 0 for one in sent]


def _said(w: Wording, sent: Sequence[Mark], raised: Sequence[Mark]) -> str:
    """ "Mon 2 Feb to Mon 16 Feb: dialogues closed from 2 to 4, of 6 sent · …"."""
    start, end = w.day(sent[0].day), w.day(sent[-1].day)
    said = w(
        "{start} to {end}: {before} dialogues closed then, {now} now, of {all} sent", start=start, end=end,
        before=sent[0].done, now=sent[-1].done, all=sent[-1].begun,
    )  # fmt: skip
    if not raised:
        return said
    more = w("{now} points settled, of {all} raised", now=raised[-1].done, all=raised[-1].begun)
    return f"{said} · {more}"


ACTIONS: dict[str, Any] = {OPEN: asked}
MESSAGES = {WHAT: render}
