"""Until when a dialogue can be answered: its closing day, the clock that goes with it, and room to answer."""

from datetime import UTC, date, datetime, time, timedelta

from flows import cadence
from flows.cadence import add_working_days, working_days_between
from flows.project import Project
from storage import dialogue as dialogues
from storage import project as projects
from storage import schedule
from storage.database import Connection

REMIND_BEFORE = 2  # days before closing (journeys 6, row 4)
ROOM = 3  # working days left at least to answer what is sent later


def set_closing(conn: Connection, *, project: Project, run_id: str, closes_on: date) -> None:
    """It closes the day after `closes_on`, and those who are not done are reminded two days before."""
    dialogues.set_closing(conn, workspace=project.workspace, id=run_id, closes_on=closes_on)
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
    before = add_working_days(closes_on - timedelta(days=REMIND_BEFORE), 0, project.holidays)
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


def keep_room(conn: Connection, *, workspace: str, run_id: str, after: date) -> None:
    """Somebody gets it on the day `after` only: it does not close before they could answer."""
    run = dialogues.run(conn, workspace=workspace, id=run_id)
    if run is None or run.status == "closed" or run.closes_on is None:
        return
    project = projects.get(conn, workspace=workspace, id=run.project_id)
    if project is None or working_days_between(after, run.closes_on, project.holidays) > 0:
        return
    until = add_working_days(after, ROOM, project.holidays)
    set_closing(conn, project=project, run_id=run.id, closes_on=until)


def follow(conn: Connection, *, project: Project, run: dialogues.Run, last: date) -> None:
    """A later part of the dialogue is to be asked on the day `last`: it stays open until that has been
    answered. Never closes earlier than it would have."""
    until = add_working_days(last, ROOM, project.holidays)
    if run.status == "open" and run.closes_on is not None and run.closes_on < until:
        set_closing(conn, project=project, run_id=run.id, closes_on=until)
