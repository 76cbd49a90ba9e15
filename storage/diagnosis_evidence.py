"""What a diagnosis of one project reads (flows/diagnosis/evidence), gathered in a fixed number of statements.

Reads restricted answers too: for the bot's own reckoning, and never for a person. Of anonymous questions
it reads what is kept of closed waves, and of what people answer for themselves what was said in dialogues
that have closed (storage/diagnosis_rows.py). Computes no figure of the diagnosis.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.cadence import working_days_between, zone
from flows.checkin.readings import distances
from flows.diagnosis.early import respondents
from flows.diagnosis.evidence import Alignment, Annex, Evidence, Facts, Form, Named
from flows.dialogue.model import Question, Value
from flows.dialogue.predicates import ON_THE_CARDS
from flows.playbook import Playbook
from flows.project import Project
from storage import alignment, checkin, review, tally
from storage import diagnosis_records as kept
from storage import project as projects
from storage.diagnosis_rate import required_rate
from storage.diagnosis_rows import Asked, Rows, read

ANNEXES = tuple(f"ANX0{n}" for n in range(1, 7))
#: Forms of which a diagnosis reads something else than the value.
TRAINING, START = "CHG01", "SET18"
GOALS, SHARED = "OBJ09", ("shared", "committed")
#: The dialogues and parts that ask for records.
INVENTORY, NEEDS, PLAN, TRADEOFFS, VENDORS = "D10", "D11", "D12", "D13", "D14"
PLANNED = "W07"
#: What explains the distance between hope and result, asked after each go-live.
DISTANCE = "C09c"
#: The dialogue that asks how the note is read, and the sponsor's decision of the note.
SIGN_OFF, DECISION = "D15", "RTE13"


def evidence(
    conn: Connection, *, workspace: str, project_id: str, playbook: Playbook, now: datetime
) -> Evidence | None:
    """Everything a diagnosis of the project reads, at `now` (UTC); None when there is no such project.
    The latest run of each dialogue counts."""
    project = projects.get(conn, workspace=workspace, id=project_id)
    if project is None:
        return None
    rows = read(conn, workspace=workspace, project_id=project_id, playbook=playbook)
    return gathered(conn, project=project, rows=rows, now=now)


def gathered(conn: Connection, *, project: Project, rows: Rows, now: datetime) -> Evidence:
    """The same, from rows that have been read already."""
    rows = _without_cards(conn, project, rows)
    anonymous = tally.closed(conn, workspace=project.workspace, project_id=project.id)
    today = now.astimezone(zone(project.zone)).date()
    return Evidence(
        today=today,
        people=respondents(project.cast),
        forms=_forms(rows, project) | _decision(conn, project),
        annexes=_annexes(rows),
        named=_named(rows, project),
        anonymous=anonymous,
        alignment=_alignment(conn, rows),
        withheld=rows.withheld,
        distances=_distances(conn, project),
        facts=_facts(rows, project, today),
        **_records(rows, project),
    )


def _without_cards(conn: Connection, project: Project, rows: Rows) -> Rows:
    """Once a version of the note has gone round its cards ask this: in D15 nobody owes an answer to it."""
    if not review.states(conn, workspace=project.workspace, project_id=project.id):
        return rows
    return replace(
        rows,
        reviewed=True,
        asked={id: asked for id, asked in rows.asked.items() if id not in ON_THE_CARDS},
        withheld={id: flow for id, flow in rows.withheld.items() if id not in ON_THE_CARDS},
    )


def _distances(conn: Connection, project: Project) -> tuple[int, ...]:
    """C09c: each person's latest answer, after whichever go-live it was given."""
    here = {"workspace": project.workspace, "project_id": project.id}
    said = {one.user: one.answers.get(DISTANCE) for one in checkin.answered(conn, **here, what="C09")}
    return distances(said.values())


def one_voice(question: Question) -> bool:
    """One answer counts for all: a form, or a question put to the sponsor alone."""
    return question.shared or question.audience.roles == ("sponsor",)


def _forms(rows: Rows, project: Project) -> dict[str, Form]:
    found: dict[str, Form] = {}
    for id, asked in rows.asked.items():
        if one_voice(asked.question) and id not in ANNEXES:
            found[id] = _form(asked)
    if START in found:
        given = found[START].value
        found[START] = Form(value=date.fromisoformat(given) if given else project.start)
    if TRAINING in found and found[TRAINING].given:
        found[TRAINING] = Form(value=kept.training(found[TRAINING].value, rows.records))
    return found


def _decision(conn: Connection, project: Project) -> dict[str, Form]:
    """RTE13 where a version of the note went round: what the sponsor has decided of it. What is signed stays
    signed, also while a later version is sent back."""
    found = review.decided(conn, workspace=project.workspace, project_id=project.id)
    choices: list[str] = [one.choice for one in found]
    choices = [one for one in choices if one != "back"] or choices
    return {DECISION: Form(value=choices[-1])} if choices else {}


def _form(asked: Asked) -> Form:
    """The last value saved by anybody; "I don't know" only where nobody gave one."""
    last = asked.last
    if last is not None:
        return Form(value=last.value)
    return Form(unknown=any(answer.exit == "unknown" for answer in asked.answers.values()))


def _annexes(rows: Rows) -> dict[str, Annex]:
    def follow(id: str) -> Value:
        asked = rows.asked.get(id)
        return asked.last.value if asked is not None and asked.last is not None else None

    return {
        id: Annex(
            choice=follow(id),
            owner=follow(f"{id}a"),
            due=date.fromisoformat(follow(f"{id}b")) if follow(f"{id}b") else None,
            reason=bool(follow(f"{id}e")),
        )
        for id in ANNEXES
        if id in rows.asked
    }


def _named(rows: Rows, project: Project) -> dict[str, Named]:
    """Scales and choices put to several people."""
    return {
        id: named(asked, project)
        for id, asked in rows.asked.items()
        if asked.question.kind in ("scale5", "single") and not one_voice(asked.question)
    }


def named(asked: Asked, project: Project) -> Named:
    """Who is expected, and what they answered. Expected are those who were invited, and those who have
    answered even if their place is another one since; not those who are outside their scope."""
    audience = set(project.cast.audience(asked.question.audience))
    given = {user: answer.value for user, answer in asked.answers.items() if user and answer.given}
    outside = {user for user, answer in asked.answers.items() if answer.exit == "outside"}
    expected = [user for user in (*asked.invited, *given) if user in audience or user in given]
    inside = tuple(user for user in dict.fromkeys(expected) if user not in outside)
    return Named(expected=inside, answers=given)


def _records(rows: Rows, project: Project) -> dict[str, Any]:
    """Each kind of record; None while the dialogue that asks for it has not been sent."""
    team = project.cast.people("team")
    functions = {user: project.cast.function_of(user) for user in team}
    sent = rows.sent
    return {
        "steps": kept.steps(rows.asked["PRO01"], rows.asked["PRO02"]) if "PRO02" in rows.asked else None,
        "gaps": kept.gaps(rows.records) if "PRO02" in rows.asked else None,
        "domains": kept.domains(rows.records) if INVENTORY in sent else None,
        "needs": kept.needs(rows.records) if NEEDS in sent else None,
        "risks": kept.risks(rows.records) or (() if (PLAN, PLANNED) in sent else None),
        "lots": kept.lots(rows.records) if (PLAN, PLANNED) in sent else None,
        "tasks": kept.tasks(rows.records) if (PLAN, PLANNED) in sent else None,
        "sessions": kept.sessions(rows.records, functions) if VENDORS in sent else None,
        "decided": kept.decided(rows.records, rows.flows[TRADEOFFS]) if TRADEOFFS in sent else None,
    }


def _alignment(conn: Connection, rows: Rows) -> Alignment | None:
    """RTE12: the facilitator's counts, of the latest run that asks for readings."""
    run = rows.runs.get(SIGN_OFF)
    return alignment.of(conn, workspace=run.workspace, dialogue_id=run.id) if run is not None else None


def _facts(rows: Rows, project: Project, today: date) -> Facts:
    here = zone(project.zone)
    shared = (at for value, at in rows.goals if value in SHARED)
    first: datetime | None = min(shared, default=None)
    since = kept.waiting_since(rows.records)
    return Facts(
        required_rate=required_rate(rows, project),
        goals_shared_on=first.astimezone(here).date() if first else None,
        phase=project.phase,
        arbitration_days=working_days_between(since.astimezone(here).date(), today) if since else None,
    )
