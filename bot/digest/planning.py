# ruff: noqa: PLR0913 - what, for whom, when: every message says all of it
"""When a digest is made: Thursdays at 08:30 where the sponsor is, once a week whatever the replicas.

What it says is decided in the transaction that takes the occurrence and kept by codes; its words are made
when it is sent. The rhythm of a project decides which weeks have one.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot import people
from bot.digest import card, gathering
from bot.outbound.marking import TROUBLE
from bot.parts import Parts
from bot.rounds import sending
from flows import cadence
from flows.digest import summary
from flows.project import Person, Project
from storage import digest, mail, outbox, recurrence, schedule
from storage import project as projects
from storage import rhythm as rhythms
from storage.database import Connection
from storage.digest import Issue, Rhythm, Setting
from storage.schedule import Due

KIND = "digest"
#: From a Thursday on: the same rule for every project, so that planning it again changes nothing.
THURSDAYS = {"rrule": "FREQ=WEEKLY;BYDAY=TH", "start": "2026-01-01T08:30"}
#: Later than this it is a catch-up, which says what it covers (journeys 6, row 26).
ON_TIME = timedelta(hours=24)
ANY_TIME = timedelta(days=3650)
#: Days that lie between two digests at least.
APART: dict[Rhythm, int] = {"weekly": 1, "fortnightly": 13, "monthly": 27}
MAIL = "digest_mail"
LAST_PHASE = "P6"


def ensured(conn: Connection, *, project: Project, now: datetime) -> None:
    """The digest is planned where the sponsor is now. Asked every working morning, so that projects of an
    earlier version, a sponsor who moves and one who follows another are right by themselves."""
    zone = _zone(conn, project)
    id = f"{KIND}:{project.id}"
    known = schedule.planned(conn, workspace=project.workspace, id=id)
    if known is not None and known[1] == zone:
        return
    following = recurrence.first_after(THURSDAYS, zone, now)
    if following is not None:
        schedule.put(
            conn, workspace=project.workspace, id=id, kind=KIND, next_due=following, zone=zone,
            rule=THURSDAYS, data={"project": project.id}, late_limit=ANY_TIME,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of one project: whose digest it is, and when it is made."""

    project: Project
    person: Person  # the sponsor
    due: Due
    now: datetime


def due(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """One week of one project."""
    project = projects.get(conn, workspace=due.workspace, id=str(due.data.get("project", "")))
    sponsor = project.cast.holder("sponsor") if project else None
    if project is not None and sponsor:
        person = people.several(conn, workspace=project.workspace, users=(sponsor,))[sponsor]
        if person.deleted:
            _nobody(conn, project, sponsor, now)
        else:
            _week(conn, parts, Week(project=project, person=person, due=due, now=now))


def _week(conn: Connection, parts: Parts, week: Week) -> None:
    """Made once, with the facilitator's sentence, which is for this one only."""
    project = week.project
    here = {"workspace": project.workspace, "project_id": project.id}
    chosen = digest.setting(conn, **here)
    if _paused(conn, project, week.now):
        return
    issue = _made(conn, parts, week, chosen)
    if issue is None or not digest.add(conn, workspace=project.workspace, issue=issue):
        return
    if chosen.note:
        digest.choose(conn, **here, setting=Setting(rhythm=chosen.rhythm))
    _queued(conn, week, issue)


def refreshed(conn: Connection, *, project: Project, now: datetime) -> None:
    """The latest digest is shown again from the data of then, where it stands: something was decided.
    Belongs in the transaction of that. Mails stay what they were."""
    found = digest.latest(conn, workspace=project.workspace, project_id=project.id)
    key = f"{card.WHAT}:{project.id}:{found[0].period}:{found[0].sponsor}" if found else ""
    said = outbox.said(conn, workspace=project.workspace, key=key) if found else None
    if found and said is not None and said.at is not None:
        _card(conn, project, found[0], now, now)


def rhythm(chosen: Setting, project: Project) -> Rhythm:
    """As chosen, else as the phase says: every week, in everyday use every month (5.2)."""
    return chosen.rhythm or ("monthly" if project.phase == LAST_PHASE else "weekly")


def _paused(conn: Connection, project: Project, now: datetime) -> bool:
    """Nothing is sent during a pause (5.2)."""
    pause = rhythms.paused(conn, workspace=project.workspace, project_id=project.id)
    return pause is not None and pause.since <= sending.project_day(project, now) < pause.until


def _made(conn: Connection, parts: Parts, week: Week, chosen: Setting) -> Issue | None:
    """What this week's digest says, or None in a week that has none."""
    project, due, now = week.project, week.due, week.now
    it = gathering.about(project, week.person.zone, now)
    last = digest.latest(conn, workspace=project.workspace, project_id=project.id)
    if last and (it.on - _day(last[0])).days < APART[rhythm(chosen, project)]:
        return None
    late = now - due.covers.last > ON_TIME or due.covers.count > 1
    first = due.covers.first.astimezone(cadence.zone(due.zone)).date()
    facts = gathering.gather(conn, parts, it)
    return Issue(
        project_id=project.id,
        period=due.period,
        sponsor=week.person.user,
        made_on=it.on,
        made_at=now,
        covers_from=first if late else None,
        said=summary.snapshot(facts),
        sent=summary.kept(summary.digest(facts, last[0].said if last else None)),
        note=chosen.note,
        note_by=chosen.note_by,
    )


def _day(issue: Issue) -> date:
    """The day a digest was due, so that one that came late does not push the next ones back."""
    return issue.covers_from or issue.made_on


def _queued(conn: Connection, week: Week, issue: Issue) -> None:
    """At once on a Thursday morning; otherwise in the sponsor's hours, and not while they are away."""
    project, person, now = week.project, week.person, week.now
    prompt = now - week.due.covers.last <= card.PROMPT
    away = person.away_until is not None and issue.made_on <= person.away_until
    leaves = now if prompt and not away else sending.in_hours(person, project, now)
    _card(conn, project, issue, leaves, now, look_up=week.due.look_up)
    if mail.choice(conn, workspace=project.workspace, user=person.user).wanted:
        outbox.queue(
            conn,
            workspace=project.workspace,
            key=f"{MAIL}:{project.id}:{issue.period}:{person.user}",
            lane=f"mail:{person.user}",
            op="mail",
            ref={"what": MAIL, "project": project.id, "period": issue.period, "user": person.user},
            now=now,
            not_before=leaves,
            look_up=week.due.look_up,
        )


def _card(
    conn: Connection,
    project: Project,
    issue: Issue,
    leaves: datetime,
    now: datetime,
    *,
    look_up: bool = False,
) -> None:
    user = issue.sponsor
    ref = {"what": card.WHAT, "project": project.id, "period": issue.period, "user": user}
    outbox.queue(
        conn,
        workspace=project.workspace,
        key=f"{card.WHAT}:{project.id}:{issue.period}:{user}",
        lane=f"digest:{project.id}:{user}"[:64],
        op="card",
        ref={**ref, "object": f"{project.id}:{issue.period}"},
        now=now,
        not_before=leaves,
        coalesce=True,
        look_up=look_up,
    )


def _nobody(conn: Connection, project: Project, sponsor: str, now: datetime) -> None:
    """The sponsor's account is closed: facilitator and lead hear of it, once, as of everybody who cannot be
    reached."""
    ref = {
        "what": TROUBLE, "project": project.id, "channel": "", "person": sponsor, "code": "user_disabled"
    }  # fmt: skip
    for user in card.previewers(project):
        outbox.queue(
            conn,
            workspace=project.workspace,
            key=f"{TROUBLE}:{sponsor}:user_disabled:{user}",
            lane=f"trouble:{user}",
            op="dm",
            ref={**ref, "user": user},
            now=now,
        )


def _zone(conn: Connection, project: Project) -> str:
    """Of the sponsor's profile; the project's where that is empty or unknown."""
    sponsor = project.cast.holder("sponsor")
    known = people.several(conn, workspace=project.workspace, users=(sponsor,)) if sponsor else {}
    return cadence.zone(known[sponsor].zone if sponsor else project.zone, default=project.zone).key


DUE_WITH_PARTS = {KIND: due}
