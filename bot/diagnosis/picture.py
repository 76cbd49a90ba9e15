"""A diagnosis with all that its pages are drawn from: figures, evidence, names, the run before, who reads.

Worked out from the answers of now by the same code as `cadrage diagnose`; nothing is computed twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot import asker
from bot.diagnosis.figures import same
from bot.parts import Parts
from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.evidence import Evidence
from flows.diagnosis.model import DiagnosisModel, Rule
from flows.diagnosis.reading import Reading
from flows.diagnosis.result import Diagnosis, Fired
from flows.dialogue.model import Flow, Question
from flows.project import Project, Role
from storage import diagnosis
from storage import dialogue as dialogues
from storage.database import Connection
from storage.diagnosis import Run
from storage.diagnosis_evidence import evidence

#: The first pair of eyes for a sponsor who is far from the team (3.4): rule and its first readers.
SPONSOR_APART, FIRST = "R19", frozenset[Role]({"sponsor", "facilitator"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One diagnosis, ready to be drawn for anybody."""

    project: Project
    found: Diagnosis
    evidence: Evidence
    model: DiagnosisModel
    flows: Mapping[str, Flow]
    names: Mapping[str, str]
    runs: tuple[dialogues.Run, ...]  # of dialogues, oldest first
    history: tuple[Run, ...]  # of the diagnosis, newest first
    before: Run | None  # what it is compared with: the last run that said something else

    @property
    def reading(self) -> Reading:
        """The helper functions of 3.1 over the evidence."""
        return Reading(self.evidence, self.model.scores)

    def question(self, id: str) -> Question | None:
        """The question with this id, anonymous ones included."""
        for flow in self.flows.values():
            if (found := flow.question(id)) is not None:
                return found
            for asked in flow.anonymous:
                if asked.id == id:
                    return asked
        return None

    def flow_of(self, question: str) -> Flow | None:
        """The dialogue that asks it."""
        asked = (f for f in self.flows.values() if f.question(question) or _anonymous(f, question))
        return next(asked, None)

    def closed(self) -> tuple[str, ...]:
        """Rules that fired in the run before and do not any more: what improved."""
        now = {rule.id for rule in self.found.rules}
        before = self.before.rules if self.before else ()
        return tuple(rule.id for rule in before if rule.id not in now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whoever reads: what they may see. `early`: R19 is still for its first readers alone (3.4)."""

    roles: frozenset[Role]
    early: bool = False

    @property
    def full(self) -> bool:
        """Sponsor, lead and facilitator; the others read the team's version."""
        return bool(self.roles & {"sponsor", "lead", "facilitator"})

    def sees(self, rule: Rule) -> bool:
        """Restricted advice only for the roles content names (3.8)."""
        if self.early and rule.id == SPONSOR_APART and not self.roles & FIRST:
            return False
        return not rule.seen_by or bool(self.roles & set(rule.seen_by))

    def advice(self, picture: Picture) -> tuple[Fired, ...]:
        """The rules that fire and that this person may read, severest first."""
        return tuple(rule for rule in picture.found.rules if self.sees(picture.model.rules[rule.id]))


def draw(conn: Connection, *, parts: Parts, project: Project, now: datetime) -> Picture:
    """The diagnosis of now. Records nothing."""
    here = {"workspace": project.workspace, "project_id": project.id}
    read = evidence(
        conn, workspace=project.workspace, project_id=project.id, playbook=parts.playbook, now=now
    )
    if read is None:
        raise LookupError("the project is not there any more")
    model = parts.playbook.diagnosis
    found = diagnose(read, model)
    history = tuple(diagnosis.history(conn, workspace=project.workspace, project_id=project.id))
    return Picture(
        project=project,
        found=found,
        evidence=read,
        model=model,
        flows=parts.playbook.flows,
        names=asker.named(conn, project=project),
        runs=tuple(dialogues.runs(conn, **here)),
        history=history,
        before=_before(found, history),
    )


def _before(found: Diagnosis, history: tuple[Run, ...]) -> Run | None:
    """The last run, unless it says what is said now: then the one before it, so that what moved at the
    last closing can still be seen."""
    if not history:
        return None
    unchanged = same(found.families, history[0]) and {r.id for r in found.rules} == {
        r.id for r in history[0].rules
    }
    older = history[1] if len(history) > 1 else None
    return older if unchanged else history[0]


def _anonymous(flow: Flow, question: str) -> bool:
    return any(asked.id == question for asked in flow.anonymous)
