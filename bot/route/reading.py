"""Everything the route's page, forms and cards are drawn from, read at one instant. Changes nothing.

What the facts propose is worked out by flows/route.py each time; only the answers of D15 are kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import asker
from bot.asker import Asker
from bot.grids import vendors
from bot.parts import Parts
from bot.policy import Allow
from flows import route
from flows.arbitration.entitled import NEUTRAL
from flows.dialogue.cases import held
from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Answer, Dialogue, Flow, Question, Route
from flows.dialogue.path import asked_still
from flows.project import Project
from flows.register.life import OVER
from flows.register.model import Kept
from storage import dialogue as dialogues
from storage import register, seat
from storage.database import Connection

FLOW, CHOICE, REASON, FIRST = "D15", "RTE08", "RTE08a", "RTE01"

DECISIONS: tuple[RecordKind, ...] = ("decision",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The route of one project as it stands. `sheet` is None while D15 was never sent."""

    project: Project
    flow: Flow
    run: str
    sheet: Dialogue | None
    decision: Kept | None  # of RTE08: proposed until the arbiter has decided
    sessions: tuple[str, ...]  # "VND-1", those that count
    ties: Mapping[str, str]  # declared with vendors (VEN08), by session
    undecided: tuple[str, ...]  # "NEE15", the criteria that are not settled
    names: Mapping[str, str]

    @property
    def facts(self) -> route.RouteFacts | None:
        """What the table reads; None before anything was asked."""
        return None if self.sheet is None else route.facts(self.sheet)

    @property
    def proposed(self) -> Route | None:
        """The line of the table that fits; nothing before its first question is answered, as in the note."""
        if self.facts is None or self.given(FIRST) is None:
            return None
        return route.propose(self.flow.routes, self.facts)

    @property
    def chosen(self) -> str:
        """The choice that stands, "" for none."""
        answer = self.given(CHOICE)
        return str(answer.value) if answer is not None else ""

    @property
    def decided(self) -> bool:
        """The arbiter has decided."""
        return bool(self.chosen) and self.decision is not None and self.decision.status == "accepted"

    @property
    def arbiter(self) -> str:
        """Whose decision it is; "" where nobody holds the role."""
        return self.project.cast.holder("arbiter") or ""

    def given(self, question: str) -> Answer | None:
        """The answer that stands, when something was said; of a follow-up, while its question asks for it."""
        answers = self.sheet.answers if self.sheet is not None else {}
        answer = answers.get(question)
        if answer is None or not answer.given:
            return None
        asked = self.flow.by_id.get(question)
        return answer if asked is None or asked_still(asked, answers.get) else None

    def question(self, id: str) -> Question:
        """A question of D15. KeyError for one it has not."""
        return self.flow.by_id[id]

    def named(self, user: str) -> str:
        """What somebody is called."""
        return self.names.get(user, user)


def picture(conn: Connection, parts: Parts, project: Project) -> Picture:
    """The route as it stands."""
    here = {"workspace": project.workspace, "project_id": project.id}
    runs = [run for run in dialogues.runs(conn, **here) if run.flow == FLOW]
    sheet = _sheet(conn, parts, project, runs[-1].id) if runs else None
    decision = _decision(conn, project)
    elsewhere = sheet.elsewhere if sheet is not None else {}
    sessions = sheet.register.get("vendor", ()) if sheet is not None else ()
    return Picture(
        project=project,
        flow=parts.playbook.flows[FLOW],
        run=runs[-1].id if runs else "",
        sheet=sheet,
        decision=decision,
        sessions=tuple(one.ref for one in sessions if held(one) and one.fields.get("whole_team") == "yes"),
        ties={ref: said for ref, said in vendors.ties(conn, project).items() if said != "no"},
        undecided=tuple(id for id in route.CRITERIA if elsewhere.get(id, "undecided") == "undecided"),
        names=asker.named(conn, project=project, also=_people(sheet, decision)),
    )


def _people(sheet: Dialogue | None, decision: Kept | None) -> set[str]:
    """Who has answered and who has decided: they may have left the project since."""
    authors = {one.author for one in sheet.answers.values()} if sheet is not None else set()
    decided = str(decision.fields.get("decided_by") or "") if decision is not None else ""
    return {user for user in (*authors, decided) if user}


def decides(who: Asker) -> str:
    """In whose name this person may decide the route: their own, or that of the arbiter, for whom they stand
    in here and do not stay neutral; "" for nobody's."""
    if who.may("route.decide") == Allow():
        return who.actor.user
    if who.project is None or who.actor.user in {who.project.cast.holder(role) for role in NEUTRAL}:
        return ""
    arbiter = who.project.cast.holder("arbiter")
    return arbiter if arbiter in who.stands_for else ""


def _sheet(conn: Connection, parts: Parts, project: Project, run: str) -> Dialogue | None:
    """The form of D15, whoever reads it: its answers are shared."""
    user = project.cast.holder("facilitator") or project.creator
    found = seat.seat(conn, workspace=project.workspace, id=run, user=user, flows=parts.playbook.flows)
    return found.sheet if found is not None else None


def _decision(conn: Connection, project: Project) -> Kept | None:
    """The record that RTE08 has made, while it lives."""
    kept = register.records(conn, workspace=project.workspace, project_id=project.id, kinds=DECISIONS)
    found = [one for one in kept if one.source == CHOICE]
    return next((one for one in reversed(found) if one.status not in OVER), None)
