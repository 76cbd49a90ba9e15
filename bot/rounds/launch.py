# ruff: noqa: PLR0913 - what, to whom, about what, when: every message says all of it
"""Opens dialogues, queues their invitations and plans their closing, in one transaction.

Checks no right and reads no form: its callers have. Sends nothing itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.parts import Parts
from bot.rounds import announce, plan, sending
from bot.rounds.announce import INVITED
from bot.rounds.invitation import REFUSED
from flows import cadence
from flows.cadence import add_working_days, working_days_between
from flows.dialogue.path import path
from flows.project import Person, Project
from storage import dialogue as dialogues
from storage import memo, schedule
from storage import project as projects
from storage.database import Connection

LAST_ASKED = "last_asked"  # memo of a person: the local day on which their latest questionnaire goes
KNOWN = "known:"  # memo of a person: has had a first message about this project
REMIND_BEFORE = 2  # days before closing (journeys 6, row 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One sending: who sends, when, until when one can answer."""

    project: Project
    by: str  # Slack user who pressed Send
    when: sending.When
    day: date | None
    closes_on: date
    line: str  # the sender's own, shown as theirs
    now: datetime


def send(
    conn: Connection,
    *,
    parts: Parts,
    dispatch: Dispatch,
    asked: Mapping[str, Sequence[str]],
    known: Mapping[str, Person],
) -> None:
    """Send each person of `asked` the flows named there, one a working day, in their own hours."""
    project, now = dispatch.project, dispatch.now
    wanted = dict.fromkeys(flow for flows in asked.values() for flow in flows)
    runs = {flow: _opened(conn, dispatch, flow) for flow in wanted}
    for user, flows in asked.items():
        _ask(conn, dispatch, known[user], {flow: runs[flow] for flow in flows})
    if project.phase == "P0":
        projects.set_facts(conn, workspace=project.workspace, id=project.id, phase="P1")
    _forms_of_the_lead(conn, parts, dispatch)
    announce.project_card(conn, project=project, now=now)
    for run in runs.values():
        announce.dialogue_card(conn, project=project, run_id=run.id, now=now)
    announce.homes(conn, project=project, users=(dispatch.by, *asked), now=now)


def plan_closing(conn: Connection, *, project: Project, run_id: str, closes_on: date) -> None:
    """When the dialogue closes by itself, and when those who are not done are reminded of it."""
    zone = cadence.zone(project.zone)
    data = {"project": project.id, "run": run_id}
    end = datetime.combine(closes_on + timedelta(days=1), time(0, 5), tzinfo=zone).astimezone(UTC)
    schedule.put(
        conn,
        workspace=project.workspace,
        id=f"close:{run_id}",
        kind="close",
        next_due=end,
        zone=project.zone,
        data={**data, "day": closes_on.isoformat()},
    )
    before = add_working_days(closes_on - timedelta(days=REMIND_BEFORE), 0)
    schedule.put(
        conn,
        workspace=project.workspace,
        id=f"remind:{run_id}",
        kind="reminder",
        next_due=cadence.at(min(before, closes_on), time(0, 10), zone),
        zone=project.zone,
        data=data,
        late_limit=timedelta(hours=20),
    )


def second_part(
    conn: Connection,
    *,
    parts: Parts,
    project: Project,
    run_id: str,
    part: str,
    by: str,
    known: Mapping[str, Person],
    now: datetime,
) -> bool:
    """Ask the questions of a later part: everybody's card says there is more. False: sent before.
    Keeps at least three working days to answer."""
    workspace = project.workspace
    if not dialogues.send_part(conn, workspace=workspace, id=run_id, part=part):
        return False
    run = dialogues.run(conn, workspace=workspace, id=run_id)
    flow = parts.playbook.flows.get(run.flow) if run else None
    if run is None or flow is None:
        return False
    asked = sending.respondents(flow, project, parts=run.parts)
    before = {part.user for part in dialogues.participations(conn, workspace=workspace, dialogue_id=run_id)}
    dialogues.reopen(conn, workspace=workspace, dialogue_id=run_id, users=before)
    facilitator = project.cast.holder("facilitator")
    dialogues.invite(
        conn,
        workspace=workspace,
        dialogue_id=run_id,
        users=(*asked, *((facilitator,) if facilitator else ())),
        by=by,
        now=now,
    )
    _extend(conn, project, run, now)
    for user in asked:
        if user in known:
            _more_to_answer(conn, project, known[user], run, now)
    announce.dialogue_card(conn, project=project, run_id=run_id, now=now)
    announce.homes(conn, project=project, users=asked, now=now)
    return True


def _opened(conn: Connection, dispatch: Dispatch, flow: str) -> dialogues.Run:
    """The run of this flow, opened now or open already; its closing is planned."""
    project, closes_on = dispatch.project, dispatch.closes_on
    here = {"workspace": project.workspace}
    id = dialogues.open(
        conn,
        **here,
        project_id=project.id,
        flow=flow,
        opened_by=dispatch.by,
        closes_on=closes_on,
        now=dispatch.now,
    )
    dialogues.set_closing(conn, **here, id=id, closes_on=closes_on)
    plan_closing(conn, project=project, run_id=id, closes_on=closes_on)
    run = dialogues.run(conn, **here, id=id)
    if run is None:
        raise LookupError("the dialogue that was just opened is not there")
    return run


def _ask(conn: Connection, dispatch: Dispatch, person: Person, runs: Mapping[str, dialogues.Run]) -> None:
    """One person's invitations: noted now, each queued for its own moment."""
    project, now = dispatch.project, dispatch.now
    workspace, user = project.workspace, person.user
    memo.forget(conn, workspace=workspace, user=user, name=f"{REFUSED}{project.id}")
    asked = memo.get(conn, workspace=workspace, user=user, name=LAST_ASKED)
    new = [flow for flow, run in runs.items() if not _has_card(conn, run, user)]
    leaving = sending.leaving(
        person,
        new,
        project,
        when=dispatch.when,
        day=dispatch.day,
        last=date.fromisoformat(asked) if asked else None,
        now=now,
    )
    for one in leaving:
        _invite(conn, dispatch, person, runs[one.flow], one.at)
    for flow in runs.keys() - new:
        announce.after_turn(conn, project=project, run=runs[flow], user=user, now=now)


def _invite(
    conn: Connection, dispatch: Dispatch, person: Person, run: dialogues.Run, leaves: datetime
) -> None:
    """One invitation: who is asked, what the card will need, and when it leaves."""
    project, user, now = dispatch.project, person.user, dispatch.now
    here = {"workspace": project.workspace, "user": user}
    dialogues.invite(
        conn, workspace=project.workspace, dialogue_id=run.id, users=(user,), by=dispatch.by, now=now
    )
    first = not memo.get(conn, **here, name=f"{KNOWN}{project.id}")
    kept = {
        "leaves": leaves.isoformat(),
        "by": dispatch.by,
        "line": dispatch.line if first else "",
        "first": first,
    }
    memo.put(conn, **here, name=f"{INVITED}{run.id}", value=kept)
    memo.put(conn, **here, name=f"{KNOWN}{project.id}", value=True)
    memo.put(conn, **here, name=LAST_ASKED, value=sending.local_day(person, project, leaves).isoformat())
    announce.invitation(conn, run=run, user=user, leaves=leaves, now=now)


def _has_card(conn: Connection, run: dialogues.Run, user: str) -> bool:
    return bool(memo.get(conn, workspace=run.workspace, user=user, name=f"{INVITED}{run.id}"))


def _more_to_answer(
    conn: Connection, project: Project, person: Person, run: dialogues.Run, now: datetime
) -> None:
    """Their card shows the new part at once; a private line says so in their hours."""
    announce.after_turn(conn, project=project, run=run, user=person.user, now=now)
    announce.private(
        conn,
        workspace=project.workspace,
        user=person.user,
        what="second_part",
        key=f"{run.id}:{len(run.parts)}",
        ref={"project": project.id, "run": run.id},
        now=now,
        at=sending.in_hours(person, project, now),
    )


def _extend(conn: Connection, project: Project, run: dialogues.Run, now: datetime) -> None:
    """Three working days are left for the new questions, whatever the closing date was."""
    today = now.astimezone(cadence.zone(project.zone)).date()
    if run.closes_on is None or working_days_between(today, run.closes_on) >= plan.ROOM:
        return
    closes_on = add_working_days(today, plan.ROOM)
    dialogues.set_closing(conn, workspace=project.workspace, id=run.id, closes_on=closes_on)
    plan_closing(conn, project=project, run_id=run.id, closes_on=closes_on)


def _forms_of_the_lead(conn: Connection, parts: Parts, dispatch: Dispatch) -> None:
    """Set-up has a question for the lead (SET15) when an expert helps: it waits in their Home."""
    project = dispatch.project
    flows, lead = parts.playbook.flows, project.cast.holder("lead")
    flow = flows.get("D01")
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    run = next((each for each in runs if each.flow == "D01" and each.status == "open"), None)
    if flow is None or run is None or lead is None or lead == project.cast.holder("facilitator"):
        return
    sheet = dialogues.sheet(conn, workspace=project.workspace, id=run.id, person=lead, flows=flows)
    if sheet is not None and path(flow, sheet):
        dialogues.invite(
            conn,
            workspace=project.workspace,
            dialogue_id=run.id,
            users=(lead,),
            by=dispatch.by,
            now=dispatch.now,
        )


def drop_everything(conn: Connection, *, project: Project, user: str) -> None:
    """This person is asked nothing more in the project: invitations, reminders, what is queued."""
    for run in dialogues.runs(conn, workspace=project.workspace, project_id=project.id):
        dialogues.withdraw_invitations(conn, workspace=project.workspace, dialogue_id=run.id, users=(user,))
        schedule.cancel(conn, workspace=project.workspace, id_prefix=f"later:{run.id}:{user}")
