"""A project at its fullest, through the product's own functions: every dialogue sent, everybody has answered
everything, every wave has closed. What is measured on it depends on its size only."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from benchmarks.sink import WORKSPACE
from flows.dialogue.engine import advance
from flows.dialogue.events import ExitTaken, Submitted
from flows.dialogue.model import Column, Dialogue, Flow, Question
from flows.dialogue.path import current, is_open
from flows.playbook import Playbook
from flows.playbook.model import Wave
from flows.project import FUNCTIONS, Member, Person
from flows.wave.model import Ballot, Item
from storage import ballot, dialogue, person, project, wave
from storage.database import Database
from storage.sealing import Sealer

SEALER = Sealer("a key of the benchmarks, long enough to be one")
PARTS = ("after_W02", "W06", "W07", "W08", "W10")
LINES = 4  # of a table, where content asks for fewer
TEXT = "We answer the phone ourselves, and nobody knows where the file is."
HEADS = {"facilitator": "U0FACIL", "sponsor": "U0SPONSOR", "coach": "U0COACH"}
SCREENS = 200  # more than any dialogue has


def fill(db: Database, playbook: Playbook, people: int, *, now: datetime | None = None) -> str:
    """A project whose team has `people` members and a lead among them. Returns its id."""
    now = now or datetime.now(UTC)
    team = [f"U0M{n:03d}" for n in range(people)]
    id = db.run_sync(_founded, team=team, now=now)
    for flow in playbook.flows.values():
        db.run_sync(_answered, playbook=playbook, flow=flow, project_id=id, team=team, now=now)
    for each in playbook.waves.values():
        db.run_sync(_consulted, content=each, project_id=id, team=team, today=now.date())
    return id


def close(db: Database, project_id: str) -> None:
    """Every dialogue closes: what people have answered for themselves counts from now on."""
    for run in db.read_sync(dialogue.runs, workspace=WORKSPACE, project_id=project_id):
        db.run_sync(dialogue.close, workspace=WORKSPACE, id=run.id, by=None, now=datetime.now(UTC))


def _founded(conn: Connection, *, team: list[str], now: datetime) -> str:
    for user in (*team, *HEADS.values()):
        person.remember(conn, person=Person(workspace=WORKSPACE, user=user, name=f"Person {user}",
                                            zone="Europe/Paris", locale="fr-FR", fetched_at=now))  # fmt: skip
    id = project.create(conn, workspace=WORKSPACE, channel="C0FULL", language="fr", name="Boréal",
                        facilitator=HEADS["facilitator"], now=now)  # fmt: skip
    project.set_facts(conn, workspace=WORKSPACE, id=id, start=now.date(), phase="P1")
    for role, user in (*HEADS.items(), ("lead", team[0])):
        project.set_role(conn, workspace=WORKSPACE, id=id, role=role, user=user)  # type: ignore[arg-type]
    members = [Member(user=user, function=FUNCTIONS[n % len(FUNCTIONS)]) for n, user in enumerate(team)]
    project.set_team(conn, workspace=WORKSPACE, id=id, members=members)
    return id


def _answered(  # noqa: PLR0913 - a dialogue, who answers it, and when
    conn: Connection, *, playbook: Playbook, flow: Flow, project_id: str, team: list[str], now: datetime
) -> None:
    """One dialogue, sent with all its parts, answered by all it is for, screen after screen."""
    by, everybody = HEADS["facilitator"], (*HEADS.values(), *team)
    run = dialogue.open(
        conn, workspace=WORKSPACE, project_id=project_id, flow=flow.id, opened_by=by, closes_on=None, now=now
    )
    dialogue.invite(conn, workspace=WORKSPACE, dialogue_id=run, users=everybody, by=by, now=now)
    for part in PARTS:
        dialogue.send_part(conn, workspace=WORKSPACE, id=run, part=part)
    for user in everybody:
        for _ in range(SCREENS):
            sheet = dialogue.sheet(conn, workspace=WORKSPACE, id=run, person=user, flows=playbook.flows)
            if sheet is None or not _step(conn, flow, sheet, project_id, now):
                break


def _step(conn: Connection, flow: Flow, sheet: Dialogue, project_id: str, now: datetime) -> bool:
    """The screen that is open, sent; what is refused is left by its exit. False: nothing is open."""
    screen = current(flow, sheet)
    if screen is None:
        return False
    asked = [q for q in screen.questions if is_open(q, sheet)]
    values = {q.id: value(q, sheet, now.date()) for q in screen.questions}
    event = Submitted(by=sheet.person, screen=screen.key, values=values, at=now, confirmed=True)
    turn = advance(flow, sheet, event, today=now.date())
    if not turn.accepted:
        left = ExitTaken(by=sheet.person, question=asked[0].id, exit="outside", at=now, confirmed=True)
        turn = advance(flow, sheet, left, today=now.date())
    if turn.accepted:
        dialogue.save(conn, workspace=WORKSPACE, project_id=project_id, flow=flow, turn=turn, now=now)
    return turn.accepted


def value(question: Question, sheet: Dialogue, today: date) -> Any:
    """Something that fits the question."""
    standing = sheet.answers.get(question.id)
    if standing is not None and standing.given:
        return standing.value
    offered = [option.value for option in question.options]
    last = {offered[-1]: 100 - (len(offered) - 1) * (100 // len(offered))} if offered else {}
    fits: Mapping[str, Any] = {
        "text": TEXT[: question.maximum or None], "long_text": TEXT, "single": offered[0] if offered else "",
        "multi": offered[:1], "scale5": "4", "number": max(question.minimum or 1, 1),
        "date": (today + timedelta(days=90)).isoformat(), "person": sheet.person, "people": [sheet.person],
        "ranking": offered, "moscow": dict.fromkeys(offered, "S"),
        "points100": {**dict.fromkeys(offered, 100 // max(len(offered), 1)), **last},
    }  # fmt: skip
    if question.kind == "rows":
        lines = min(max(question.minimum or 0, LINES), question.maximum or LINES)
        return [{c.key: _cell(c, n, sheet, today) for c in question.columns} for n in range(lines)]
    return fits[question.kind]


def _cell(column: Column, line: int, sheet: Dialogue, today: date) -> Any:
    offered = [option.value for option in column.options]
    fits: Mapping[str, Any] = {
        "text": f"{TEXT} {line}", "long_text": TEXT, "scale5": "4", "number": 2,
        "single": offered[line % len(offered)] if offered else "", "multi": offered[:1],
        "date": (today + timedelta(days=30 + line)).isoformat(), "person": f"U0M{line:03d}",
        "people": [sheet.person],
    }  # fmt: skip
    return fits[column.kind]


def _consulted(conn: Connection, *, content: Wave, project_id: str, team: list[str], today: date) -> None:
    """One wave, its scales answered by everybody but one, and closed."""
    scales = [question for question in content.questions if question.kind == "scale5"]
    items = [Item(id=question.id, kind="scale", invited=len(team)) for question in scales]
    new = wave.NewWave(
        workspace=WORKSPACE, project_id=project_id, what=content.id, opened_by=HEADS["facilitator"],
        opened_on=today, closes_on=today, threshold=5, items=items, invited=dict.fromkeys(team, ""),
    )  # fmt: skip
    if not items or not (id := wave.create(conn, new, sealer=SEALER)):
        return
    for n, user in enumerate(team[1:]):
        said = Ballot(scales={item.id: 1 + (n + at) % 5 for at, item in enumerate(items)})
        ballot.cast(conn, workspace=WORKSPACE, wave_id=id, user=user, ballot=said, today=today, sealer=SEALER,
                    shuffle=lambda comments: None)  # fmt: skip
    wave.close(conn, workspace=WORKSPACE, id=id, today=today, sealer=SEALER, shuffle=lambda comments: None)
