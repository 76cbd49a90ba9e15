"""The sponsor answers the conditions that people have asked for (W04): yes, not yet or no, with a reason.

In the room at step 5, or within five working days from a private message. Nobody is shown who asked for what.
"""

from collections.abc import Sequence
from typing import Any, cast, get_args

from bot import answer, forms, people
from bot.asker import Asker
from bot.asker import asker as load_asker
from bot.outbound.render import Message
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, md
from bot.words.text import N_, Wording, words
from bot.workshops import queueing
from bot.workshops.outcomes import carrying, reading, sending
from bot.workshops.outcomes.records import Task
from flows.dialogue.effects import RecordKind
from flows.project import Project
from flows.register.life import OVER
from flows.register.model import Kept
from flows.workshop.outcomes_people import Said, Says, answered
from storage import project as projects
from storage import register
from storage import workshop as workshops
from storage.database import Connection
from storage.outbox import Row

OPEN = CALLBACK = "workshop.conditions"
ISSUES: tuple[RecordKind, ...] = ("issue",)
STEP = 5  # of W04: the sponsor's
MOST = 20  # conditions on one form
LEAST = 15  # characters of a reason (6.4 rule 5)
SAID: dict[Says, str] = {"yes": N_("Yes"), "later": N_("Not yet"), "no": N_("No")}


def waiting(conn: Connection, project: Project) -> list[Kept]:
    """The conditions without a yes or a no, by number."""
    here = {"workspace": project.workspace, "project_id": project.id}
    found = register.records(conn, **here, kinds=ISSUES, roles=None)
    return [one for one in found if one.fields.get("condition") and one.status not in OVER]


def card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """What is asked, and by when; once all is answered, that it is."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    user = str(row.ref.get("user", ""))
    if project is None or project.cast.holder("sponsor") != user:
        return None
    me = people.several(conn, workspace=row.workspace, users=(user,))[user]
    w = words(people.language(me, project))
    found = waiting(conn, project)
    if not found and not row.remote_id:
        return None
    if not found:
        return message(blocks.section(w("You have answered every condition. The answers are published.")))
    due = min((one.due for one in found if one.due), default=None)
    head = w.plural_md(
        "*{n} condition of success waits for your answer* in {project}.",
        "*{n} conditions of success wait for your answer* in {project}.",
        len(found),
        project=project.name,
    )
    lines = [w.md("{ref} {title}", ref=one.ref, title=one.title) for one in found[:MOST]]
    small = w("Yes, not yet or no, each with your reason; answers are published, and nobody is named.")
    rows = [blocks.section(head), blocks.section(Mrkdwn("\n").join(lines)), blocks.context(small)]
    if due is not None:
        rows.append(blocks.context(w("By {day}", day=w.day(due))))
    way = elements.button(w("Answer the conditions"), OPEN, value=project.id, style="primary")
    return message(*rows, blocks.actions(way))


async def open_form(request: Request, parts: Parts) -> Reply:
    """[Answer the conditions]: for the sponsor, and for nobody else."""
    who = await load_asker(request, parts, project_id=answer.chosen(request) or "-")
    if not _mine(who):
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    found = await parts.db.read(waiting, who.here)

    async def build() -> Json:
        return form(who.w, who.here, found)

    return answer.show(request, parts, who.w, who.w("Conditions"), build)


def _mine(who: Asker) -> bool:
    return who.project is not None and who.here.cast.holder("sponsor") == who.actor.user


def form(w: Wording, project: Project, found: Sequence[Kept]) -> Json:
    """One choice and one reason for each; what is left empty is answered later."""
    if not found:
        said = [blocks.section(w("Every condition has its answer."))]
        return answer.page(w, w("Conditions"), said)
    rows: list[Json] = []
    for one in found[:MOST]:
        options = [elements.option(w(label), value) for value, label in SAID.items()]
        rows.append(blocks.section(md(f"{one.ref} {w.of(one.title)}")))
        choice = elements.radio("says", options)
        rows.append(blocks.field(w("Your answer"), choice, block_id=f"says:{one.ref}", optional=True))
        why = elements.words("why", several_lines=True, most=400)
        rows.append(blocks.field(w("Because"), why, block_id=f"why:{one.ref}", optional=True))
    return blocks.modal(
        w("Conditions"), rows, callback_id=CALLBACK, submit=w("Publish"), close=w("Later"),
        metadata=forms.packed(project=project.id),
    )  # fmt: skip


async def sent(request: Request, parts: Parts) -> Reply:
    """[Publish]: each answer needs its reason."""
    held = forms.held(answer.metadata(request))
    who = await load_asker(request, parts, project_id=held.get("project") or "-")
    if not _mine(who):
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    known = await parts.db.read(waiting, who.here)
    said = [one for kept in known[:MOST] if (one := _read(request, kept.ref)) is not None]
    if wrong := _wrong(request, who.w, known[:MOST], said):
        return Reply(ack={"response_action": "errors", "errors": wrong})
    await parts.db.run(_keep, parts=parts, project=who.here, said=tuple(said))
    parts.wake()
    done = who.w.plural("{n} answer is published.", "{n} answers are published.", len(said))
    return answer.tell(request, parts, who.w, done)


def _wrong(request: Request, w: Wording, asked: Sequence[Kept], said: Sequence[Said]) -> dict[str, str]:
    """An answer without its reason, a reason without its answer, or nothing at all; by field."""
    chosen = {one.ref for one in said}
    short = w("Say why, in at least {n} characters.", n=LEAST)
    wrong = {f"why:{one.ref}": short for one in said if len(one.reason) < LEAST}
    wrong |= {
        f"says:{one.ref}": w("Choose yes, not yet or no.")
        for one in asked if one.ref not in chosen and _why(request, one.ref)
    }  # fmt: skip
    if not wrong and not said and asked:
        return {f"says:{asked[0].ref}": w("Answer at least one of them.")}
    return wrong


def _why(request: Request, ref: str) -> str:
    return str(answer.state(request, f"why:{ref}", "why").get("value") or "").strip()


def _read(request: Request, ref: str) -> Said | None:
    """User input: anything else than one of the three is no answer."""
    chosen = answer.state(request, f"says:{ref}", "says").get("selected_option") or {}
    says = chosen.get("value") if isinstance(chosen, dict) else None
    if says not in get_args(Says):
        return None
    return Said(ref=ref, says=cast("Says", says), reason=_why(request, ref))


def _keep(conn: Connection, *, parts: Parts, project: Project, said: tuple[Said, ...]) -> None:
    """Each answer under the workshop that its condition comes from."""
    projects.lock(conn, workspace=project.workspace, id=project.id)
    now = parts.clock.now()
    known = {one.ref: one for one in waiting(conn, project)}
    for id in dict.fromkeys(known[one.ref].dialogue for one in said if one.ref in known):
        workshop = workshops.get(conn, workspace=project.workspace, id=id)
        if workshop is None:
            continue
        held = reading.held(conn, parts=parts, project=project, workshop=workshop, now=now)
        if held is None:
            continue
        task = Task(conn=conn, parts=parts, project=project, workshop=workshop, held=held, now=now)
        mine = tuple(one for one in said if one.ref in known and known[one.ref].dialogue == id)
        carrying.carry_out(task, answered(held, STEP, mine))
        sending.conditions(conn, project=project, workshop_id=id, now=now)
    queueing.redrawn(conn, project=project, now=now)
    if sponsor := project.cast.holder("sponsor"):
        announce.homes(conn, project=project, users=(sponsor,), now=now)


ACTIONS: dict[str, Any] = {OPEN: open_form}
VIEWS: dict[str, Any] = {CALLBACK: sent}
MESSAGES = {sending.CONDITIONS: card}
