"""Plays the worked example into a database, turn by turn through the dialogue core, as the bot would.

The screens of Slack are left out here (tests/end_to_end plays them too); answers, exits, records, ballots
and closings are real.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from flows.dialogue.effects import Amend, RecordKind
from flows.dialogue.engine import advance
from flows.dialogue.events import Event, ExitTaken, Submitted
from flows.dialogue.model import Dialogue, Flow, Question
from flows.dialogue.path import current, is_open, path
from flows.playbook import Playbook
from flows.project import Project
from flows.wave import ballot as ballots
from flows.wave.model import NO_ANSWER, Ballot, Item
from flows.words import Language
from storage import amending, ballot, dialogue, register, wave
from storage import project as projects
from storage.database import Database
from storage.sealing import Sealer
from tests.worked_example import saying
from tests.worked_example.sheets import FACILITATOR, Told

WORKSPACE = "T0CORVANNE"
SEALER = Sealer("a key of the worked example, long enough to be one")
SESSIONS: tuple[RecordKind, ...] = ("vendor",)
PARTS = {"D02": ("after_W02",), "D11": ("W06",), "D12": ("W07",), "D13": ("W08",)}
SENT = ("D02", "D04", "D05", "D08", "D10", "D11", "D12", "D13", "D14", "D09", "D03")
#: Which waves ask the anonymous questions, each in a wave of its own.
WAVES = {
    "D06": ("COL",),
    "D07": ("BEL",),
    "steering_support": ("SET17", "SPO06", "SPO07", "CHG08"),
    "C01": ("CHG12",),
}


def user(key: str) -> str:
    """The Slack user id of somebody of the file."""
    return f"U0{key.upper()}"


@dataclass(slots=True, kw_only=True)
class Played:
    """The example in a database."""

    db: Database
    playbook: Playbook
    told: Told
    project: str = ""
    workspace: str = WORKSPACE
    channel: str = "C0BOREAL"
    language: Language = "en"
    user: Callable[[str], str] = user
    left_open: frozenset[str] = frozenset()  # dialogues that have not closed; the set-up never does

    def plays(self) -> str:
        """All of it, to the day of the example. Returns the project's id."""
        start = self.begins()
        self._dialogue("D01", start)
        self.db.run_sync(
            projects.set_facts,
            workspace=self.workspace,
            id=self.project,
            phase=self.told.case["facts"]["phase"],
        )
        for flow in SENT:
            self._dialogue(flow, _at(self.told.today - timedelta(days=2 if flow == "D03" else 10)))
        for what, prefixes in WAVES.items():
            self._wave(what, prefixes)
        for flow in SENT:
            if flow not in self.left_open:
                self.closes(flow)
        return self.project

    def begins(self) -> datetime:
        """The project is there, and nothing else. Returns when that was."""
        start: date = self.told.case["form"]["SET18"]
        self.project = self.db.run_sync(self._founded, now=_at(start))
        return _at(start)

    def sets_up(self, values: Mapping[str, Any]) -> None:
        """The facilitator answers the first screen of the set-up."""
        now, flow = _at(self.told.today), self.playbook.flows["D01"]
        run = self.db.run_sync(self._sent, flow=flow, now=now)
        screen = flow.screens[0].key
        event = Submitted(by=self.user(FACILITATOR), screen=screen, values=values, at=now, confirmed=True)
        self._takes(run, event)

    def sends(self, flow: str, now: datetime) -> None:
        """One more dialogue, answered by everybody it concerns."""
        self._dialogue(flow, now)

    def closes(self, flow: str) -> None:
        """The facilitator closes a dialogue: what people said for themselves counts from now on."""
        every = self.db.read_sync(dialogue.runs, workspace=self.workspace, project_id=self.project)
        run = next(run for run in every if run.flow == flow)
        closes = {"workspace": self.workspace, "id": run.id, "by": self.user(FACILITATOR)}
        assert self.db.run_sync(dialogue.close, **closes, now=_at(self.told.today))

    def changes(self, who: str, question: str, value: Any, now: datetime) -> None:
        """Somebody answers a question again, later; the rest of its screen stays."""
        flow, run = self._asks(question)
        sheet = self._sheet(run, who)
        screen = next(s for s in path(flow, sheet) if any(q.id == question for q in s.questions))
        mine = {q.id: v for q in screen.questions if (v := _standing(sheet, q)) is not None}
        values = {**mine, question: value}
        self._takes(
            run, Submitted(by=self.user(who), screen=screen.key, values=values, at=now, confirmed=True)
        )

    def gives_up(self, who: str, question: str, now: datetime) -> None:
        """ "I don't know" in place of an answer, later."""
        self._leaves(self._asks(question)[1], who, question, "unknown", now)

    def _asks(self, question: str) -> tuple[Flow, str]:
        """The dialogue that asks it, and its run."""
        flow = next(flow for flow in self.playbook.flows.values() if flow.question(question))
        every = self.db.read_sync(dialogue.runs, workspace=self.workspace, project_id=self.project)
        return flow, next(run.id for run in every if run.flow == flow.id)

    def _dialogue(self, flow: str, now: datetime) -> None:
        run = self.db.run_sync(self._sent, flow=self.playbook.flows[flow], now=now)
        others = [*self.told.case["people"]]
        people = [FACILITATOR, *others] if flow == "D01" else [*others, FACILITATOR]  # roles come first
        self._everybody(flow, run, people, now)
        for part in PARTS.get(flow, ()):
            self.db.run_sync(dialogue.send_part, workspace=self.workspace, id=run, part=part)
            if flow == "D02":
                self._shares_goals(run)
            self._everybody(flow, run, people, now)
        if flow == "D14":
            self.db.run_sync(self._attended, now=now)
            self._everybody(flow, run, people, now)

    def _shares_goals(self, run: str) -> None:
        """The goals were shared on their day, whatever they have become since."""
        shared: date = self.told.case["facts"]["obj09_shared_on"]
        values = {"OBJ09": "shared"}
        screen = _screen_of(self.playbook.flows["D02"], "OBJ09")
        self._takes(run, Submitted(by=self.user(FACILITATOR), screen=screen, values=values, at=_at(shared)))

    def _everybody(self, flow: str, run: str, people: list[str], now: datetime) -> None:
        for who in people:
            for question, exit in self.told.exits.get((flow, who), {}).items():
                self._leaves(run, who, question, exit, now)
            self._answers(flow, run, who, now)
        if flow == "D02":
            self._goals_of_now(run, now)

    def _leaves(self, run: str, who: str, question: str, exit: Any, now: datetime) -> None:
        self._takes(run, ExitTaken(by=self.user(who), question=question, exit=exit, at=now, confirmed=True))

    def _goals_of_now(self, run: str, now: datetime) -> None:
        """Where the goals stand on the day of the example."""
        said = self.told.answers.get(("D02", FACILITATOR), {}).get("OBJ09")
        sheet = self._sheet(run, FACILITATOR)
        if said and "after_W02" in sheet.parts and (a := sheet.answers.get("OBJ09")) and a.value != said:
            screen = _screen_of(self.playbook.flows["D02"], "OBJ09")
            event = Submitted(
                by=self.user(FACILITATOR), screen=screen, values={"OBJ09": said}, at=now, confirmed=True
            )
            self._takes(run, event)

    def _answers(self, id: str, run: str, who: str, now: datetime) -> None:
        """Screen after screen, until nothing is open for this person."""
        flow = self.playbook.flows[id]
        for _ in range(60):
            sheet = self._sheet(run, who)
            screen = current(flow, sheet)
            if screen is None:
                return self._follow_ups(id, run, who, sheet, now)
            if (unknown := self._nobody_knows(id, screen.questions, sheet)) is not None:
                self._leaves(run, who, unknown, "unknown", now)
                continue
            values = {
                q.id: self._value(id, who, q, sheet) for q in screen.questions if is_open(q, sheet)
            }  # fmt: skip
            mine = {q.id: v for q in screen.questions if (v := _standing(sheet, q)) is not None}
            event = Submitted(
                by=self.user(who), screen=screen.key, values={**mine, **values}, at=now, confirmed=True
            )
            self._takes(run, event)
        raise AssertionError(f"{who} gets to no end of {id}")

    def _nobody_knows(self, flow: str, questions: Sequence[Question], sheet: Dialogue) -> str | None:
        """A form that the example leaves with "I don't know", for whoever comes upon it."""
        left = saying.unknown(self.told, flow, [q for q in questions if is_open(q, sheet)])
        return next(iter(left), None)

    def _follow_ups(self, id: str, run: str, who: str, sheet: Dialogue, now: datetime) -> None:
        """What may be left empty, and the example says all the same."""
        said = self.told.answers.get((id, who), {})
        for screen in path(self.playbook.flows[id], sheet):
            missing = [q.id for q in screen.questions if q.id in said and _standing(sheet, q) is None]
            if missing:
                mine = {q.id: v for q in screen.questions if (v := _standing(sheet, q)) is not None}
                values = {**mine, **{question: said[question] for question in missing}}
                event = Submitted(by=self.user(who), screen=screen.key, values=values, at=now, confirmed=True)
                self._takes(run, event)

    def _value(self, flow: str, who: str, question: Question, sheet: Dialogue) -> Any:
        needs = {case.ref: case.title.en for case in sheet.register.get("need", ())}
        return saying.value(self.told, flow, who, question, needs=needs, someone=self.user("p2"))

    def _sheet(self, run: str, who: str) -> Dialogue:
        found = self.db.read_sync(
            dialogue.sheet, workspace=self.workspace, id=run, person=self.user(who), flows=self.playbook.flows
        )
        assert found is not None
        return found

    def _takes(self, run: str, event: Event) -> None:
        self.db.run_sync(self._take, run=run, event=event)

    def _wave(self, what: str, prefixes: tuple[str, ...]) -> None:
        """One consultation: opened, answered, closed."""
        asked = {id: given for id, given in self.told.ballots.items() if id.startswith(prefixes)}
        questions = {q.id: q for f in self.playbook.flows.values() for q in f.anonymous}
        team = [key for key, who in self.told.case["people"].items() if who["role"] != "sponsor"]
        lead = next(key for key in team if self.told.case["people"][key]["role"] == "lead")
        items = [
            Item(id=id, kind="scale", invited=len(team) - (id == "SET17"))
            for id in asked
            if questions[id].kind == "scale5"
        ]
        sheets = {
            key: {id: str(asked[id].get(key, NO_ANSWER)) for id in asked if (id, key) != ("SET17", lead)}
            for key in team
            if any(key in given for given in asked.values())
        }
        self.db.run_sync(
            self._consulted, what=what, items=items, sheets=sheets, team={self.user(key): "" for key in team}
        )

    def _founded(self, conn: Connection, *, now: datetime) -> str:
        return projects.create(
            conn, workspace=self.workspace, channel=self.channel, language=self.language, name="Boréal",
            facilitator=self.user(FACILITATOR), now=now,
        )  # fmt: skip

    def _sent(self, conn: Connection, *, flow: Flow, now: datetime) -> str:
        project = projects.get(conn, workspace=self.workspace, id=self.project)
        assert project is not None
        id = dialogue.open(
            conn, workspace=self.workspace, project_id=self.project, flow=flow.id,
            opened_by=self.user(FACILITATOR),
            closes_on=None, now=now,
        )  # fmt: skip
        asked = [who for who in project.cast.everybody() if _concerns(flow, project, who)]
        dialogue.invite(
            conn, workspace=self.workspace, dialogue_id=id, users=asked, by=self.user(FACILITATOR), now=now
        )
        return id

    def _take(self, conn: Connection, *, run: str, event: Event) -> None:
        sheet = dialogue.sheet(
            conn, workspace=self.workspace, id=run, person=event.by, flows=self.playbook.flows, lock=True
        )
        assert sheet is not None
        flow = self.playbook.flows[sheet.flow]
        turn = advance(flow, sheet, event, today=event.at.date())
        assert turn.accepted, (sheet.flow, event, turn.problems)
        dialogue.save(
            conn, workspace=self.workspace, project_id=self.project, flow=flow, turn=turn, now=event.at
        )

    def _attended(self, conn: Connection, *, now: datetime) -> None:
        """Who was at each session is noted on the session."""
        kept = register.records(conn, workspace=self.workspace, project_id=self.project, kinds=SESSIONS)
        there: Mapping[str, Mapping[str, Any]] = {
            one.ref: {"attendees": [self.user(key) for key in people]}
            for one, people in zip(kept, self.told.attended, strict=True)
        }
        amending.amend(
            conn,
            workspace=self.workspace,
            project_id=self.project,
            effect=Amend(question="VEN01", fields=there),
            now=now,
        )

    def _consulted(
        self,
        conn: Connection,
        *,
        what: str,
        items: list[Item],
        sheets: Mapping[str, Mapping[str, str]],
        team: Mapping[str, str],
    ) -> None:
        today = self.told.today
        opened = today - timedelta(days=5)
        new = wave.NewWave(
            workspace=self.workspace, project_id=self.project, what=what,
            opened_by=self.user(FACILITATOR), opened_on=opened,
            closes_on=today, threshold=5, items=items, invited=team,
        )  # fmt: skip
        id = wave.create(conn, new, sealer=SEALER)
        for key, values in sheets.items():
            asked = [item for item in items if item.id in values]
            found = ballots.read(asked, values)
            assert isinstance(found, Ballot), found
            done = ballot.cast(
                conn, workspace=self.workspace, wave_id=id, user=self.user(key), ballot=found,
                today=opened, sealer=SEALER,
                shuffle=lambda comments: None,
            )  # fmt: skip
            assert done == "recorded", done
        wave.close(
            conn, workspace=self.workspace, id=id, today=today, sealer=SEALER, shuffle=lambda comments: None
        )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


def _screen_of(flow: Flow, question: str) -> str:
    return next(screen.key for screen in flow.screens if any(q.id == question for q in screen.questions))


def _standing(sheet: Dialogue, question: Question) -> Any:
    answer = sheet.answers.get(question.id)
    return answer.value if answer is not None and answer.given else None


def _concerns(flow: Flow, project: Project, who: str) -> bool:
    return any(who in project.cast.audience(question.audience) for question in flow.questions)
