"""The example project, as tests of storage drive it: who is in it, and one turn of a dialogue."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.dialogue.engine import advance
from flows.dialogue.events import Event, ExitTaken, ExitTakenBack, Finished, Submitted
from flows.dialogue.model import Dialogue, Flow
from flows.dialogue.turn import Turn
from flows.playbook import Playbook
from flows.project import Member
from storage import dialogue, project
from storage.database import Database
from storage.dialogue import Saved

T = "T0BOREAL"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)

SOPHIE, CLAIRE, KARIM, ANNE, MARC, JULIE = "USOPHIE", "UCLAIRE", "UKARIM", "UANNE", "UMARC", "UJULIE"
TEAM = (
    Member(user=KARIM, function="sales", daci="driver"),
    Member(user=ANNE, function="service", daci="contributor"),
    Member(user=MARC, function="it", daci="contributor"),
    Member(user=JULIE, function="marketing", daci="contributor"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoping:
    """One project with its people: Sophie facilitates, Claire sponsors, Karim leads."""

    db: Database
    playbook: Playbook
    project: str

    def opens(self, flow: str, closes_on: date | None = None) -> str:
        """Send a dialogue; returns its id."""
        return self.db.run_sync(
            dialogue.open,
            workspace=T,
            project_id=self.project,
            flow=flow,
            opened_by=SOPHIE,
            closes_on=closes_on,
            now=NOW,
        )

    def submits(
        self, id: str, by: str, screen: str, *, seen: dict[str, int] | None = None, **values: Any
    ) -> Saved:
        """One screen, sent and confirmed."""
        event = Submitted(by=by, screen=screen, values=values, at=NOW, seen=seen or {}, confirmed=True)
        return self.takes(id, event)[1]

    def does_not_know(self, id: str, by: str, question: str) -> Saved:
        """The exit "I don't know"."""
        return self.takes(id, ExitTaken(by=by, question=question, exit="unknown", at=NOW))[1]

    def takes_back(self, id: str, by: str, question: str) -> Saved:
        """ "Answer after all"."""
        return self.takes(id, ExitTakenBack(by=by, question=question, at=NOW))[1]

    def finishes(self, id: str, by: str) -> Saved:
        """ "I'm done"."""
        return self.takes(id, Finished(by=by, at=NOW))[1]

    def takes(self, id: str, event: Event) -> tuple[Turn, Saved]:
        """One turn: load with a lock, advance, save, in one transaction."""
        return self.db.run_sync(take, flows=self.playbook.flows, project_id=self.project, id=id, event=event)

    def sheet(self, id: str, person: str) -> Dialogue:
        """What this person would see now."""
        found = self.db.read_sync(
            dialogue.sheet, workspace=T, id=id, person=person, flows=self.playbook.flows
        )
        assert found is not None
        return found


def take(
    conn: Connection, *, flows: Any, project_id: str, id: str, event: Event, workspace: str = T
) -> tuple[Turn, Saved]:
    """The turn of architecture.md, without Slack."""
    sheet = dialogue.sheet(conn, workspace=workspace, id=id, person=event.by, flows=flows, lock=True)
    assert sheet is not None
    flow: Flow = flows[sheet.flow]
    turn = advance(flow, sheet, event, today=TODAY)
    saved = dialogue.save(
        conn, workspace=workspace, project_id=project_id, flow=flow, turn=turn, now=event.at
    )
    return turn, saved


def found(conn: Connection, *, workspace: str = T, name: str = "Phénix") -> str:
    """Create the project with its people; returns its id."""
    id = project.create(
        conn, workspace=workspace, channel="C0CRM", language="fr", facilitator=SOPHIE, name=name, now=NOW
    )
    project.set_role(conn, workspace=workspace, id=id, role="sponsor", user=CLAIRE)
    project.set_role(conn, workspace=workspace, id=id, role="lead", user=KARIM)
    project.set_team(conn, workspace=workspace, id=id, members=TEAM)
    return id
