"""Parts of what the detectors of small wins read, each from its own tables. Judges nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from flows.cadence import add_working_days, working_days_between
from flows.checkin.readings import KEPT
from flows.diagnosis.evidence import Evidence
from flows.playbook import Playbook
from flows.project import FRONT_OFFICE, Project
from flows.wave.model import Kept, ScaleKept
from flows.wave.reading import barrier
from flows.wins import facts as shapes
from flows.wins.initiative import TEAM
from flows.words import Words
from storage import arbitration, checkin, diagnosis, diagnosis_records, dialogue, initiative, person, wave
from storage import reply as replies
from storage.diagnosis_rows import Rows
from storage.register import kept

FEWEST = 3  # expected: of fewer, that all have answered would say that one has
GRAVE = ("high", "blocking")
OPEN = ("open", "acknowledged", "in_progress")
PULSE, SPONSOR = "C01", "C03"
TITLE = 120  # characters of what was posted in answer to a wave
CHANGES = "VEN05a"  # the question whose open points change a need or a lot


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is read once, and by which each part is made."""

    conn: Connection
    project: Project
    playbook: Playbook
    today: date
    here: ZoneInfo
    evidence: Evidence
    rows: Rows
    records: Mapping[str, tuple[Any, ...]]  # rows by kind, of those that may be shown
    steps: Mapping[int, tuple[Any, ...]]  # what happened to each issue by hand

    def day(self, moment: datetime) -> date:
        """The day on which something was, in the zone of the project."""
        return moment.astimezone(self.here).date()


def rounds(source: Sources) -> Iterator[shapes.Round]:
    """Dialogues in which everybody has answered, and waves that have closed with enough."""
    project, conn = source.project, source.conn
    here = {"workspace": project.workspace, "project_id": project.id}
    for run in dialogue.runs(conn, **here):
        flow = source.playbook.flows.get(run.flow)
        if flow is None or run.flow == "D01" or flow.visibility != "open":
            continue
        count = dialogue.counts(conn, workspace=project.workspace, dialogue_id=run.id)
        complete = count.invited >= FEWEST and count.done >= count.invited
        yield shapes.Round(id=run.id, title=flow.title, complete=complete)
    waves = [one for one in wave.of_project(conn, **here) if not one.open]
    results = wave.results(conn, workspace=project.workspace, ids=[one.id for one in waves])
    for one in waves:
        asked = source.playbook.waves.get(one.what)
        if asked is not None:
            yield shapes.Round(
                id=one.id, title=asked.title, complete=bool(results.get(one.id)), anonymous=True
            )


def issues(source: Sources) -> Iterator[shapes.Issue]:
    """Each open point, settled or not, and whether its owner has honestly opened it again."""
    for row in source.records.get("issue", ()):
        one, steps = kept(row), source.steps.get(row.number, ())
        resolved = [step.at for step in steps if step.after == "resolved"]
        settled = (resolved or [row.changed_at])[-1] if one.status == "resolved" else None
        again = [
            step for step in steps
            if step.move == "reopen" and step.before == "resolved" and step.reason and step.by == one.owner
        ]  # fmt: skip
        yield shapes.Issue(
            ref=one.ref, title=one.title, opened=source.day(one.created_at), due=one.due,
            live=one.status in OPEN, settled=source.day(settled) if settled else None,
            reopened=source.day(again[-1].at).isoformat() if again else "",
        )  # fmt: skip


def settled(source: Sources) -> Iterator[shapes.Settled]:
    """Cases that were put to an arbiter and decided."""
    project = source.project
    cases = arbitration.of_project(source.conn, workspace=project.workspace, project_id=project.id)
    for case in cases:
        made = case.outcome
        if made is not None and made.decision and case.sent_on is not None and not case.restricted:
            days = working_days_between(case.sent_on, source.day(made.at))
            yield shapes.Settled(decision=f"DEC-{made.decision}", title=case.title, days=days)


def sessions(source: Sources) -> Iterator[shapes.Session]:
    """Each session with a vendor: who was there, by department, and what it has changed."""
    project = source.project
    functions = {user: project.cast.function_of(user) for user in project.cast.people("team")}
    changed = {
        one.fields.get("session")
        for one in (kept(row) for row in source.records.get("issue", ()))
        if one.source.startswith(CHANGES) and one.status == "resolved"
    }
    for row in source.records.get("vendor", ()):
        one = kept(row)
        item = SimpleNamespace(kind="vendor", fields=one.fields)
        (session,) = diagnosis_records.sessions([item], functions)  # type: ignore[list-item]
        yield shapes.Session(
            ref=one.ref, whole_front={*FRONT_OFFICE} <= {*(session.functions or ())},
            changed=one.ref in changed,
        )  # fmt: skip


def lots(source: Sources) -> Iterator[shapes.Lot]:
    """Each lot; of the next one, whether all its groups have a training date (CHG01)."""
    rows = source.records.get("lot", ())
    coming = [row for row in rows if row.due is not None and row.due >= source.today]
    following = min(coming, key=lambda row: (row.due, row.number), default=None)
    asked = source.rows.asked.get("CHG01")
    last = asked.last if asked is not None else None
    dated = [line for line in (last.value if last is not None else ()) if line.get("offset") is not None]
    for row in rows:
        one = kept(row)
        item = SimpleNamespace(kind="lot", fields=one.fields)
        covered = bool(dated and one.fields.get("groups")) and (
            diagnosis_records.training(dated, [item]) == diagnosis_records.ALL  # type: ignore[list-item]
        )
        yield shapes.Lot(
            ref=one.ref, title=one.title, exit=bool(one.fields.get("exit")),
            trained=covered and row is following, confirmed=bool(one.fields.get("confirmed")),
        )  # fmt: skip


def closed(source: Sources) -> Iterator[shapes.Closed]:
    """Rules that were high or blocking and no longer fire; a working day after the leaders could read it, and
    none that the team may not see."""
    project = source.project
    runs = diagnosis.history(source.conn, workspace=project.workspace, project_id=project.id, most=10)
    for later, earlier in pairwise(runs):
        on = source.day(later.at)
        if add_working_days(on, 1) > source.today:
            continue
        still = {rule.id for rule in later.rules}
        for rule in earlier.rules:
            known = source.playbook.rules.get(rule.id)
            if rule.severity in GRAVE and rule.id not in still and known is not None and not known.seen_by:
                yield shapes.Closed(rule=rule.id, on=on, short=known.done or known.words)


def tries(source: Sources) -> Iterator[shapes.Try]:
    """Each initiative that was not withdrawn; its author only where they wished to be named."""
    project = source.project
    every = initiative.of_project(source.conn, workspace=project.workspace, project_id=project.id)
    authors = [one.author for one in every if one.named and one.author]
    names = person.many(source.conn, workspace=project.workspace, users=authors)
    seen: set[str] = set()
    for one in every:
        if one.status == "withdrawn":
            continue
        named = one.named and one.author in names
        yield shapes.Try(
            ref=one.ref, statement=one.statement, function=one.function,
            by=Words.same(names[one.author].name) if named else TEAM,
            first=bool(one.function) and one.function not in seen,
            tried=one.status in ("tried", "kept", "shared"), taken_up=one.taken_up,
        )  # fmt: skip
        seen.add(one.function)


def answered(source: Sources) -> Iterator[shapes.Answered]:
    """What was posted in answer to a wave ("You said, we did"): its first line."""
    project = source.project
    for one in wave.of_project(source.conn, workspace=project.workspace, project_id=project.id):
        said = "" if one.open else replies.text(source.conn, workspace=project.workspace, wave_id=one.id)
        if said.strip():
            line = said.strip().splitlines()[0][:TITLE].rstrip(" .")
            yield shapes.Answered(key=one.id, title=Words.same(line))


def climbs(source: Sources) -> Iterator[str]:
    """Waves of the pulse after which the barrier is a later step, or gone; of those that could be read."""
    project, asked = source.project, source.playbook.waves.get(PULSE)
    if asked is None:
        return
    every = wave.of_project(source.conn, workspace=project.workspace, project_id=project.id)
    read = [one for one in every if one.what == PULSE and one.outcome == "kept"]
    kept = wave.results(source.conn, workspace=project.workspace, ids=[one.id for one in read])
    for earlier, later in pairwise(read):
        before, now = _step(asked.steps, kept.get(earlier.id, {})), _step(asked.steps, kept.get(later.id, {}))
        if before is not None and now is not None and now > before:
            yield later.id


def _step(steps: tuple[tuple[str, str], ...], kept: Mapping[str, Kept]) -> int | None:
    """Which step the barrier is, from 0; one more than the last where there is none. None: not known."""
    if not any(isinstance(kept.get(item), ScaleKept) for item, _ in steps):
        return None
    found, order = barrier(steps, kept), [step for _, step in steps]
    return len(order) if found is None else order.index(found)


def kept_months(source: Sources) -> Iterator[str]:
    """Months that are over and in which the sponsor kept whatever C03 asked about. Told to nobody else."""
    project = source.project
    offered: dict[str, int] = {}
    kept: dict[str, int] = {}
    known = checkin.answered(source.conn, workspace=project.workspace, project_id=project.id, what=SPONSOR)
    for one in known:
        month = one.day.strftime("%Y-%m")
        offered[month] = offered.get(month, 0) + one.offered
        kept[month] = kept.get(month, 0) + len(one.answers.get(KEPT) or ())
    this = source.today.strftime("%Y-%m")
    yield from (month for month, n in offered.items() if n and month < this and kept[month] >= n)
