"""What the pages of criteria and vendors are drawn from, read at one instant. Changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import asker
from bot.parts import Parts
from flows.dialogue.cases import first_held
from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Answer, Case, Dialogue, Flow, Question
from flows.project import Project
from flows.register.life import OVER
from flows.register.model import Kept
from flows.route import CRITERIA
from storage import dialogue as dialogues
from storage import register, seat
from storage.database import Connection

NEEDS, WEIGHTS = "D11", "NEE17"
#: K1 to K5 by their question (NEE11 to NEE15).
KEYS: Mapping[str, str] = {id: f"K{number}" for number, id in enumerate(CRITERIA, start=1)}

DECISIONS: tuple[RecordKind, ...] = ("decision",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """The five criteria and the weights of one project. `sheet` is None while D11 was never sent."""

    project: Project
    flow: Flow
    run: str
    sheet: Dialogue | None
    decisions: Mapping[str, Kept]  # by the question each comes from; those that live
    names: Mapping[str, str]

    def given(self, question: str) -> Answer | None:
        """The answer that stands, when something was said."""
        answer = self.sheet.answers.get(question) if self.sheet is not None else None
        return answer if answer is not None and answer.given else None

    def question(self, id: str) -> Question:
        """A question of D11. KeyError for one it has not."""
        return self.flow.by_id[id]

    @property
    def locked_by(self) -> Case | None:
        """The first session with a vendor that was held, once weights are fixed: from then on they are the
        arbiter's to change. A team that has seen one before still fixes its weights."""
        fixed = self.sheet is not None and self.given(WEIGHTS) is not None
        return first_held(self.sheet) if fixed and self.sheet is not None else None


def criteria(conn: Connection, parts: Parts, project: Project) -> Criteria:
    """As they stand now."""
    here = {"workspace": project.workspace, "project_id": project.id}
    runs = [run for run in dialogues.runs(conn, **here) if run.flow == NEEDS]
    run = runs[-1].id if runs else ""
    kept = register.records(conn, workspace=project.workspace, project_id=project.id, kinds=DECISIONS)
    asked = {*CRITERIA, WEIGHTS}
    sheet = _sheet(conn, parts, project, run) if run else None
    authors = {one.author for one in sheet.answers.values()} if sheet is not None else set()
    return Criteria(
        project=project,
        flow=parts.playbook.flows[NEEDS],
        run=run,
        sheet=sheet,
        decisions={one.source: one for one in kept if one.source in asked and one.status not in OVER},
        names=asker.named(conn, project=project, also=filter(None, authors)),  # some may have left since
    )


def _sheet(conn: Connection, parts: Parts, project: Project, run: str) -> Dialogue | None:
    """The form, whoever reads it: the answers to the criteria are shared."""
    user = project.cast.holder("facilitator") or project.creator
    found = seat.seat(conn, workspace=project.workspace, id=run, user=user, flows=parts.playbook.flows)
    return found.sheet if found is not None else None
