# ruff: noqa: PLR0913, PLR0917 - of whom, in which project, about what, on which day
"""Who is asked what of a named check-in, and one message for all of a day (2.1, 5.2). Answers nothing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot import people
from bot.parts import Parts
from bot.rounds import announce, budget
from bot.rounds.sending import project_day
from flows.checkin import asking
from flows.checkin.model import CheckIn, Facts
from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Question
from flows.playbook import Playbook
from flows.project import Project
from flows.register.model import Kept
from flows.rhythm.calendar import Occasion
from storage import answer, arbitration, checkin, outbox, register, rhythm
from storage.ask import Ask
from storage.checkin import CheckIn as Asked
from storage.database import Connection

#: What each check-in may be about.
KINDS: tuple[RecordKind, ...] = ("annex", "risk", "assumption", "stake")


def ask(
    conn: Connection, *, parts: Parts, project: Project, occasions: Sequence[Occasion], now: datetime
) -> None:
    """Everybody who has something to answer gets one message, within their budget. What is still open of an
    earlier one of the same kind is over."""
    theirs: dict[str, list[tuple[CheckIn, Occasion]]] = {}
    records = about(conn, project)
    for one in occasions:
        content = parts.playbook.checkins.get(one.what)
        if content is None or content.channel:
            continue
        here = {"workspace": project.workspace, "project_id": project.id}
        checkin.over(conn, **here, what=one.what, but=one.key)
        for user in _there(conn, project, asking.people(content, project.cast, records)):
            facts = facts_of(conn, playbook=parts.playbook, project=project, user=user, records=records)
            if asking.questions(content, project.cast, user, facts):
                theirs.setdefault(user, []).append((content, one))
    for user, wanted in theirs.items():
        _send(conn, project, user, wanted, now)


def _there(conn: Connection, project: Project, users: Sequence[str]) -> list[str]:
    """Those of them who have not left the workspace: nobody is written to who cannot read it."""
    known = people.several(conn, workspace=project.workspace, users=users)
    return [user for user in users if not known[user].deleted]


def questions(
    conn: Connection, *, playbook: Playbook, project: Project, content: CheckIn, user: str
) -> tuple[Question, ...]:
    """What this check-in asks this person now."""
    facts = facts_of(conn, playbook=playbook, project=project, user=user, records=about(conn, project))
    return asking.questions(content, project.cast, user, facts)


def facts_of(
    conn: Connection, *, playbook: Playbook, project: Project, user: str, records: Sequence[Kept]
) -> Facts:
    """What questions are filled from: records, what the person wrote, what waits for them."""
    items = [item for content in playbook.checkins.values() for item in content.items]
    wanted = {id for item in items for id in (item.quotes, item.opts_from) if id}
    here = {"workspace": project.workspace, "project_id": project.id}
    waiting = arbitration.for_arbiter(conn, workspace=project.workspace, user=user)
    return Facts(
        records=tuple(records),
        written=answer.written(conn, **here, user=user, questions=wanted),
        choices=_choices(playbook, wanted),
        pending=sum(case.project_id == project.id for case in waiting),
    )


def about(conn: Connection, project: Project) -> list[Kept]:
    """Every record that a check-in may be about."""
    return register.records(conn, workspace=project.workspace, project_id=project.id, kinds=KINDS, roles=None)


def _choices(playbook: Playbook, wanted: set[str]) -> Mapping[str, Question]:
    found = ((id, flow.question(id)) for flow in playbook.flows.values() for id in wanted)
    return {id: question for id, question in found if question is not None}


def _send(
    conn: Connection, project: Project, user: str, wanted: Sequence[tuple[CheckIn, Occasion]], now: datetime
) -> None:
    """One message for all that this person is asked on this day."""
    ids = [
        checkin.ask(
            conn, workspace=project.workspace, project_id=project.id, what=content.id, user=user,
            occasion=one.key, day=one.day,
        )
        for content, one in wanted
    ]  # fmt: skip
    if not any(ids):
        return
    key = _message(conn, project, user, [id for id in ids if id], project_day(project, now), now)
    person = people.several(conn, workspace=project.workspace, users=(user,))[user]
    sponsor = project.cast.holder("sponsor") == user
    entry = Ask(
        key=key, user=user, project_id=project.id, kind="checkin",
        earliest=budget.first_day(person, project, now), minutes=sum(c.minutes for c, _ in wanted),
        sponsor=sponsor, midweek=any(one.midweek for _, one in wanted), since=now,
    )  # fmt: skip
    budget.put(conn, project=project, ask=entry)
    announce.home(conn, workspace=project.workspace, user=user, now=now)


def again(conn: Connection, *, project: Project, one: Asked, now: datetime) -> None:
    """The message that asks for this one is drawn again, in its place: it was answered or skipped."""
    here = {"workspace": project.workspace, "project_id": project.id}
    made = rhythm.occasions(conn, **here)
    sent = made[one.occasion].day if one.occasion in made else None
    if sent is None:
        return
    every = checkin.of_person(conn, **here, user=one.user)
    ids = [each.id for each in every if each.occasion in made and made[each.occasion].day == sent]
    _message(conn, project, one.user, ids, sent, now)


def _message(
    conn: Connection, project: Project, user: str, ids: Sequence[str], day: date, now: datetime
) -> str:
    """One message for all that is asked of somebody on a day, changed in place; its key. It has a lane of its
    own, so that a reminder of the day waits for nothing."""
    key = f"checkin:c:{project.id}:{day.isoformat()}:{user}"
    ref = {"project": project.id, "checkins": [*ids], "asks": True, "what": "checkin", "user": user}
    outbox.queue(
        conn, workspace=project.workspace, key=key, lane=announce.own_lane(user, "checkin", key), op="card",
        ref={**ref, "object": key, "at": now.isoformat()}, now=now, coalesce=True,
    )  # fmt: skip
    return key
