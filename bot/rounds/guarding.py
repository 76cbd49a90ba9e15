"""The guards of the plan (2.1) as people meet them: the sentence, the way to what is missing, and a guard
set aside with a reason, which is recorded as a decision."""

from collections.abc import Sequence

from bot import asker
from bot.asker import Asker
from bot.parts import Parts
from bot.request import Json
from bot.rounds import announce, plan
from bot.rounds.cards import ROLES
from bot.rounds.pieces import Piece
from bot.words import blocks, elements
from bot.words.text import Wording
from flows.dialogue.effects import Draft, Record, Source
from flows.plan import Guard
from flows.project import Project, Role
from flows.words import Words
from storage import dialogue as dialogues
from storage import plan as kept
from storage import project as projects
from storage import recording
from storage.database import Connection
from storage.recording import Task

SOURCE = "guard"  # where the decisions come from, in the register
TITLE = Words("{what} goes ahead before its time", "{what} : on avance avant l’heure")


def names_missing(w: Wording, missing: Sequence[Role]) -> str:
    """Nothing is sent before these roles are named."""
    names = w.listed([w.of(ROLES[role]).lower() for role in missing])
    return w.md(
        "Before anything is sent, set-up must name: {roles}. Open *Finish set-up* in Home.", roles=names
    )


async def ways_out(parts: Parts, who: Asker) -> list[Json]:
    """The button that leads to the set-up, for the facilitator whose project lacks names."""
    project = who.project
    if project is None or project.cast.holder("facilitator") != who.actor.user:
        return []
    runs = await parts.db.read(dialogues.runs, workspace=project.workspace, project_id=project.id)
    setup = next((run for run in runs if run.flow == plan.SETUP and run.status == "open"), None)
    if setup is None or not plan.missing_names(project):
        return []
    return [blocks.actions(elements.button(who.w("Finish set-up"), "dialogue.open", value=setup.id))]


def refused(w: Wording, guard: Guard, project: Project) -> list[Json]:
    """A guard nobody can set aside."""
    see = elements.button(w("See the plan"), "plan.open", value=project.id)
    return [blocks.alert(w.of(guard.words)), blocks.actions(see)]


def set_aside(  # noqa: PLR0913 - who sets what aside, for what, and why
    conn: Connection,
    *,
    parts: Parts,
    who: Asker,
    guards: Sequence[Guard],
    pieces: Sequence[Piece],
    reason: str,
) -> None:
    """Keep why these guards do not hold for these pieces, and the decision that says so. The rule that
    a guard names (R18) fires from now on."""
    project, now = who.here, parts.clock.now()
    here = {"workspace": project.workspace, "project_id": project.id}
    projects.lock(conn, workspace=project.workspace, id=project.id)
    for guard in guards:
        for what in (name for one in pieces for name in (one.flow, one.part) if name in guard.before):
            kept.set_aside(
                conn, **here, guard=guard.id, about=what, reason=reason, by=who.actor.user, now=now
            )
    _decide(conn, parts, who, guards, parts.playbook.flows[pieces[0].flow].title, reason)


def ahead_of_time(  # noqa: PLR0913 - who goes ahead with what, in spite of what, and why
    conn: Connection,
    *,
    parts: Parts,
    who: Asker,
    guards: Sequence[Guard],
    about: str,
    title: Words,
    reason: str,
) -> None:
    """The same for something else than a dialogue: a workshop is held in spite of a guard. The caller holds
    the project."""
    project, now = who.here, parts.clock.now()
    for guard in guards:
        kept.set_aside(
            conn, workspace=project.workspace, project_id=project.id, guard=guard.id, about=about,
            reason=reason, by=who.actor.user, now=now,
        )  # fmt: skip
    _decide(conn, parts, who, guards, title, reason)


def _decide(  # noqa: PLR0913, PLR0917 - a decision: by whom, about what, why
    conn: Connection,
    parts: Parts,
    who: Asker,
    guards: Sequence[Guard],
    what: Words,
    reason: str,
) -> None:
    """One accepted decision for each time; earlier ones stay as they are."""
    project, now = who.here, parts.clock.now()
    source = Source(dialogue=project.id, question=SOURCE, respondent="")
    task = Task(
        conn=conn, workspace=project.workspace, project_id=project.id, dialogue_id=project.id, now=now
    )
    draft = Draft(
        kind="decision",
        item=now.isoformat(),
        owner=who.actor.user,
        title=TITLE.fill(what=what),
        status="accepted",
        fields={
            "context": " ".join(guard.words.in_(project.language) for guard in guards),
            "reason": reason,
            "decided_by": who.actor.user,
            "method": "facilitator form",
            "date": asker.today(parts, project).isoformat(),
        },
    )
    recording.record(task, Record(source=source, drafts=(draft,)))
    for record in task.changes.created:
        announce.decision_card(conn, project=project, number=record.number, now=now)
