"""What rests on a decision: shown before it is replaced or re-opened, marked afterwards, said to owners."""

from collections.abc import Iterable
from datetime import datetime

from bot.asker import Asker
from bot.hub import withheld
from bot.parts import Parts
from bot.register import queueing
from bot.request import Json
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording
from flows.project import Project
from flows.register.depending import SHAKEN, STEADY, dependents, loose
from flows.register.life import OVER
from flows.register.model import Kept
from flows.register.said import in_title
from storage import life, linking, register
from storage.database import Connection

SHOWN = 8  # of what depends, named in a form; the page of the decision has them all
IN_HOME = 3


def resting(conn: Connection, *, project: Project, ref: str) -> tuple[Kept, ...]:
    """What points to this record and may still be acted on, whoever may read it."""
    here = {"workspace": project.workspace, "project_id": project.id}
    links = linking.links(conn, **here, ref=ref)
    refs = [one.ref for one in links if one.link == "serves" and not one.outward]
    found = (register.get(conn, **here, ref=each, roles=None) for each in refs)
    return dependents(one for one in found if one is not None)


def warning(conn: Connection, *, parts: Parts, who: Asker, ref: str) -> list[Json]:
    """For the form that replaces or re-opens: what depends on it, as far as this person may read it."""
    w, project, user = who.w, who.here, who.actor.user
    roles = project.cast.roles_of(user)
    here = {"workspace": project.workspace, "project_id": project.id}
    found = resting(conn, project=project, ref=ref)
    seen = [one for one in found if register.get(conn, **here, ref=one.ref, roles=roles) is not None]
    seen = list(withheld.shown(conn, seen, parts=parts, project=project, user=user))
    if not seen:
        return []
    lines = [Mrkdwn(" ").join([bold(one.ref), w.md("{title}", title=_short(w, one))]) for one in seen[:SHOWN]]
    if len(seen) > SHOWN:
        lines.append(w.md("and {n} more", n=len(seen) - SHOWN))
    said = Mrkdwn("\n").join([w.md("*What depends on it*"), *lines])
    told = w("Each will say that {ref} no longer stands, and whoever sees to it reads so.", ref=ref)
    return [blocks.section(said), blocks.context(told)]


def mark(conn: Connection, *, project: Project, decision: Kept, by: str, now: datetime) -> None:
    """A line in the history of everything that rests on it, and its card and its owner's Home anew; in the
    transaction of the change. Changes none of them."""
    here = {"workspace": project.workspace, "project_id": project.id}
    move = STEADY if loose(decision) is None else SHAKEN
    for one in resting(conn, project=project, ref=decision.ref):
        held = life.hold(conn, **here, ref=one.ref)
        if held is None:
            continue
        life.note(
            conn, workspace=project.workspace, project_id=project.id, ref=one.ref, by=by, move=move,
            before=one.status, after=one.status, reason=decision.ref, now=now,
        )  # fmt: skip
        queueing.told(conn, project=project, record=held.record, by=by, now=now)


def shaky(w: Wording, decisions: Iterable[Kept]) -> list[Mrkdwn]:
    """For the page and the card of what depends: which decision does not stand, and why."""
    found = [(one, why) for one in decisions if (why := loose(one)) is not None]
    return [
        w.md(":warning: It rests on {ref}, which is {why}. Look at it again before acting on it.",
             ref=bold(one.ref), why=why)
        for one, why in found
    ]  # fmt: skip


def rested_on(conn: Connection, *, project: Project, ref: str) -> tuple[Kept, ...]:
    """What this record rests on."""
    here = {"workspace": project.workspace, "project_id": project.id}
    links = linking.links(conn, **here, ref=ref)
    refs = [one.ref for one in links if one.link == "serves" and one.outward]
    found = (register.get(conn, **here, ref=each, roles=None) for each in refs)
    return tuple(one for one in found if one is not None)


def lines(conn: Connection, w: Wording, *, project: Project, user: str) -> list[Json]:
    """In Home: what one sees to that rests on a decision which does not stand."""
    here = {"workspace": project.workspace, "project_id": project.id}
    rows: list[Json] = []
    for ref, on in linking.shaken(conn, **here, owner=user):
        one = register.get(conn, **here, ref=ref, roles=None)
        decision = register.get(conn, **here, ref=on, roles=None)
        why = loose(decision) if decision is not None else None
        if one is None or one.status in OVER or why is None:
            continue
        head = Mrkdwn(" ").join([bold(one.ref), w.md("{title}", title=_short(w, one))])
        said = w.md("{what} rests on {on}, which is {why}.", what=head, on=bold(on), why=why)
        label = w("Open {ref}", ref=ref)
        open_ = elements.button(w.p("button", "Open"), f"record.open:{ref}", value=f"{project.id}:{ref}",
                                label=label)  # fmt: skip
        rows.append(blocks.section(said, accessory=open_))
    return rows[:IN_HOME]


def _short(w: Wording, one: Kept) -> str:
    return w.of(in_title(w.of(one.title)))
