"""What can be sent at one go: a dialogue, or a later part of one; and what each person gets of it.

Reads; sends nothing. Who is asked is worked out from the content and from what people have answered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.parts import Parts
from flows.dialogue.minutes import minutes
from flows.dialogue.model import Dialogue, Flow, Question
from flows.dialogue.path import is_open, path
from flows.plan import outside_the_cap, stated_minutes
from flows.project import Project
from storage import answer, register
from storage import dialogue as dialogues
from storage.database import Connection


@dataclass(frozen=True, slots=True)
class Piece:
    """A dialogue, or a later part of it ("after_W02", "W06")."""

    flow: str
    part: str = ""

    @property
    def id(self) -> str:
        """ "D02", "D02/after_W02"."""
        return f"{self.flow}/{self.part}" if self.part else self.flow


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What one person gets of a piece."""

    user: str
    questions: tuple[Question, ...]
    minutes: int
    counted: int  # minutes that the caps count; 0: a form of the lead or the facilitator (2.1)
    open: bool  # something of it is not answered yet


def piece(id: str, flows: Mapping[str, Flow]) -> Piece | None:
    """The piece with this id; None when the content knows none. User input."""
    flow, _, part = id.partition("/")
    known = flows.get(flow)
    if known is None or (part and part not in later_parts(known)):
        return None
    return Piece(flow, part)


def later_parts(flow: Flow) -> tuple[str, ...]:
    """The parts of a dialogue that are sent after it, in the order of its questions."""
    return tuple(dict.fromkeys(q.part for q in flow.questions if q.part is not None))


def open_run(runs: Iterable[dialogues.Run], flow: str) -> dialogues.Run | None:
    """The run of this dialogue that takes answers now."""
    return next((run for run in runs if run.flow == flow and run.status == "open"), None)


def portions(
    conn: Connection, *, parts: Parts, project: Project, of: Piece, items: Iterable[str] = ()
) -> dict[str, Portion]:
    """What everybody in the project gets of a piece, the facilitator included, in the order of the
    cast; nobody who has no question in it. `items`: of these questions only."""
    flow, wanted = parts.playbook.flows[of.flow], frozenset(items)
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    run = open_run(runs, of.flow)
    found: dict[str, Portion] = {}
    for user in project.cast.everybody():
        sheet = _sheet(conn, parts, project, flow, run, user)
        sheet = replace(sheet, parts=sheet.parts | ({of.part} if of.part else frozenset()))
        asked = tuple(
            question
            for screen in path(flow, sheet)
            for question in screen.questions
            if (not of.part or question.part == of.part) and (not wanted or base(question) in wanted)
        )
        if asked:
            found[user] = _portion(parts, project, of, user, asked, sheet)
    return found


def asked(portion: Portion) -> frozenset[str]:
    """The ids, in the content, of the questions in it."""
    return frozenset(base(question) for question in portion.questions)


def base(question: Question) -> str:
    """The id of a question in the content, whichever record it is asked about."""
    return question.id.partition("@")[0]


def _portion(  # noqa: PLR0913, PLR0917 - one person, and all that their share hangs on
    parts: Parts, project: Project, of: Piece, user: str, asked: tuple[Question, ...], sheet: Dialogue
) -> Portion:
    roles = project.cast.roles_of(user)
    unique = tuple({question.id: question for question in asked}.values())
    free = outside_the_cap(parts.playbook.plan, of.flow, roles)
    counted = [question for question in unique if base(question) not in free]
    stated = stated_minutes(parts.playbook.plan, of.flow, roles, {base(question) for question in counted})
    return Portion(
        user=user,
        questions=unique,
        minutes=minutes(unique),
        counted=max(minutes(counted), stated) if counted else 0,
        open=any(is_open(question, sheet) for question in unique),
    )


def _sheet(  # noqa: PLR0913, PLR0917 - one person's place in a dialogue that may not be open yet
    conn: Connection, parts: Parts, project: Project, flow: Flow, run: dialogues.Run | None, user: str
) -> Dialogue:
    here = {"workspace": project.workspace, "project_id": project.id}
    if run is not None:
        found = dialogues.sheet(
            conn, workspace=run.workspace, id=run.id, person=user, flows=parts.playbook.flows
        )
        if found is not None:
            return found
    return Dialogue(
        id="",
        flow=flow.id,
        person=user,
        cast=project.cast,
        register=register.cases(conn, **here, kinds=flow.registers) if flow.registers else {},
        elsewhere=answer.elsewhere(conn, **here, questions=flow.elsewhere) if flow.elsewhere else {},
    )
