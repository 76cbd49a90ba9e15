# ruff: noqa: PLR0913, PLR0917 - what, about which case, to whom, when: every message says all of it
"""Queues what people should see of a case, and plans its days. In the transaction of the change; renders
nothing."""

from datetime import date, datetime, timedelta

from bot import people
from bot.arbitration.hearing import concerned
from bot.digest import planning as digest
from bot.rounds import announce, budget
from flows import cadence
from flows.arbitration.life import REMIND, TO_DECIDE, TO_SAY
from flows.arbitration.model import Case
from flows.cadence import add_working_days
from flows.fatigue import WORKSHOP_SOON
from flows.project import Project
from storage import ask as asks
from storage import outbox, schedule
from storage.ask import Ask
from storage.database import Connection

CARD, WORDS = "arbitration", "arbitration_words"
KIND = "arbitration"  # of what is due
SAY, BEFORE, PAST = "say", "before", "past"
ANY_TIME = timedelta(days=3650)  # a day that has passed has passed, even if the bot was off
MINUTES = {CARD: 2, WORDS: 3}


def shown(conn: Connection, *, project: Project, case: Case, now: datetime) -> None:
    """Everything that shows it: the cards of the sides and of the arbiters, past ones too, the card of the
    channel, the Homes of all concerned, and the sponsor's digest."""
    before = [step.by for step in case.trail if step.by and step.what not in ("need", "withdrawn")]
    before += [step.to for step in case.trail if step.to]
    if case.state != "gathering":
        for user in dict.fromkeys((*case.deciders, *before)):
            _card(conn, project, case, CARD, user, now)
    for one in case.positions:
        if one.author != case.asked_by:
            _card(conn, project, case, WORDS, one.author, now)
    if not case.restricted:
        announce.case_card(conn, project=project, id=case.id, now=now)
    announce.homes(conn, project=project, users=(*concerned(case), *before), now=now)
    digest.refreshed(conn, project=project, now=now)


def planned(conn: Connection, *, project: Project, case: Case, now: datetime) -> None:
    """What follows by itself: the end of gathering; or the day before the last, and the day it is past."""
    unplanned(conn, case=case)
    if case.state == "gathering":
        today = now.astimezone(cadence.zone(project.zone)).date()
        _put(conn, project, case, SAY, add_working_days(today, TO_SAY))
    elif case.sent_on is not None:
        _put(conn, project, case, BEFORE, add_working_days(case.sent_on, REMIND))
        _put(conn, project, case, PAST, add_working_days(case.sent_on, TO_DECIDE + 1))


def unplanned(conn: Connection, *, case: Case) -> None:
    """Nothing is due any more."""
    schedule.cancel(conn, workspace=case.workspace, id_prefix=f"case:{case.id}:")


def over(conn: Connection, *, case: Case) -> None:
    """It is decided or taken back: what has not left takes up nobody's time."""
    unplanned(conn, case=case)
    for user in (*case.deciders, *(one.author for one in case.positions)):
        for what in (CARD, WORDS):
            asks.forget(conn, workspace=case.workspace, key=_key(case, what, user))


def _card(conn: Connection, project: Project, case: Case, what: str, user: str, now: datetime) -> None:
    key = _key(case, what, user)
    outbox.queue(
        conn,
        workspace=project.workspace,
        key=key,
        lane=f"case:{case.id}:{user}"[:64],
        op="card",
        ref={
            "what": what, "project": project.id, "user": user, "case": case.id, "object": case.id,
            "asks": True,
        },
        now=now,
        coalesce=True,
    )  # fmt: skip
    wanted = {CARD: case.deciders, WORDS: [one.author for one in case.positions if one.state == "asked"]}
    if user in wanted[what] and case.live:
        _budgeted(conn, project, case, key, user, MINUTES[what], now)


def _budgeted(
    conn: Connection, project: Project, case: Case, key: str, user: str, minutes: int, now: datetime
) -> None:
    """It takes up their time like every message that asks for something; it goes before questionnaires
    (journeys 6), as what a workshop needs does."""
    person = people.several(conn, workspace=project.workspace, users=(user,))[user]
    day = budget.first_day(person, project, now)
    ask = Ask(
        key=key,
        user=user,
        project_id=project.id,
        about=case.id,
        kind="dialogue",
        earliest=day,
        minutes=minutes,
        sponsor=project.cast.holder("sponsor") == user,
        needed_by=min(case.due or day, day + WORKSHOP_SOON),
        since=now,
    )
    budget.put(conn, project=project, ask=ask)


def _key(case: Case, what: str, user: str) -> str:
    return f"{what}:{case.id}:{user}"


def _put(conn: Connection, project: Project, case: Case, step: str, day: date) -> None:
    schedule.put(
        conn,
        workspace=project.workspace,
        id=f"case:{case.id}:{step}",
        kind=KIND,
        next_due=cadence.at(day, cadence.OPENS, cadence.zone(project.zone)),
        zone=project.zone,
        data={"case": case.id, "step": step},
        late_limit=ANY_TIME,
    )
