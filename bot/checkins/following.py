# ruff: noqa: PLR0913, PLR0917 - whose check-in, what it says, what was said before: each hangs on all of it
"""What follows from a named check-in (5.1): records moved on, open points, a private offer of help.

Belongs in the transaction of the answer. What reads low is told to nobody but those its screen names.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot import people
from bot.asker import Asker
from bot.outbound.render import Message
from bot.parts import Parts
from bot.register import queueing
from bot.request import Json
from bot.rounds import announce
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, quote
from bot.words.text import words
from flows.cadence import add_working_days
from flows.checkin.readings import Answered, Follow, follows, promises_slip, rough_weather
from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Value
from flows.project import Project
from flows.register.life import LIFE
from storage import checkin, life, register
from storage import project as projects
from storage.checkin import CheckIn
from storage.database import Connection
from storage.outbox import Row

PROMISES = "C03a"
GOAL = "C09b@"
DUE_IN = 5  # working days for an open point that a check-in brings
KINDS: tuple[RecordKind, ...] = ("annex", "risk", "assumption")
WORRY = "C04d"


def after(
    conn: Connection, *, who: Asker, one: CheckIn, answers: Mapping[str, Value], offered: int, now: datetime
) -> list[Json]:
    """Everything that follows; what the person reads of it at once."""
    project = who.here
    here = {"workspace": project.workspace, "project_id": project.id}
    every = checkin.answered(conn, **here, what=one.what)
    mine = [each for each in every if each.user == one.user]
    before = mine[-2].answers if len(mine) > 1 else {}
    records = register.records(conn, **here, kinds=KINDS, roles=None)
    due = add_working_days(who.today, DUE_IN)
    arbiter = project.cast.holder("arbiter")
    refs = [
        ref
        for follow in follows(answers, before, records, arbiter=arbiter, due=due)
        for ref in _followed(conn, project, follow, answers, one, now)
    ]
    _goals(conn, project, answers, one, now)
    _help(conn, project, one, answers, before, mine, now)
    return _told(who, one, answers, refs, offered)


def _followed(
    conn: Connection, project: Project, follow: Follow, answers: Mapping[str, Value], one: CheckIn,
    now: datetime,
) -> list[str]:  # fmt: skip
    """The record in its new state, and the open point. Gives the number of the latter."""
    here = {"workspace": project.workspace, "project_id": project.id}
    held = life.hold(conn, **here, ref=follow.ref)
    if held is not None:
        moves = follow.status in LIFE.get(held.record.kind, {}).get(held.record.status, ())
        record = life.change(
            conn, held, by=one.user, move="reviewed", status=follow.status if moves else None,
            fields=follow.fields, now=now,
        )  # fmt: skip
        if moves:
            queueing.told(conn, project=project, record=record, by=one.user, now=now)
    if follow.issue is None:
        return []
    on = answers.get(f"C06a@{follow.ref}:on")
    fields = {**follow.issue.fields, **({"detail": on} if on else {})}
    made = life.make(conn, **here, draft=replace(follow.issue, fields=fields), by=one.user, now=now)
    queueing.told(conn, project=project, record=made, by=one.user, now=now)
    return [made.ref]


def _goals(
    conn: Connection, project: Project, answers: Mapping[str, Value], one: CheckIn, now: datetime
) -> None:
    """C09: each goal keeps its value of today."""
    here = {"workspace": project.workspace, "project_id": project.id}
    for id, value in answers.items():
        held = life.hold(conn, **here, ref=id.partition("@")[2]) if id.startswith(GOAL) else None
        if held is not None:
            fields = {"today": value, "measured_on": one.day.isoformat()}
            life.change(conn, held, by=one.user, move="measured", fields=fields, now=now)


def _help(
    conn: Connection, project: Project, one: CheckIn, answers: Mapping[str, Value],
    before: Mapping[str, Value], mine: list[CheckIn], now: datetime,
) -> None:  # fmt: skip
    """A private offer, to the person; for promises that slip, a word to the facilitator too."""
    offers: list[tuple[str, str]] = []
    if one.what == "C04" and rough_weather(answers, before):
        offers.append((one.user, "weather"))
    if one.what == "C03" and promises_slip([_answered(each) for each in mine]):
        offers.append((one.user, "promises"))
        if facilitator := project.cast.holder("facilitator"):
            offers.append((facilitator, "call"))
    for user, which in offers:
        announce.private(
            conn, workspace=project.workspace, user=user, what="checkin_help", key=f"{which}:{one.id}",
            ref={"project": project.id, "which": which}, now=now,
        )  # fmt: skip


def help_offered(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The offer in words: no figure, no reproach."""
    user = str(row.ref.get("user", ""))
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    if project is None:
        return None
    cast = project.cast
    asked = [one for one in (user, cast.holder("facilitator"), cast.holder("sponsor")) if one]
    known = people.several(conn, workspace=row.workspace, users=asked)
    w = words(people.language(known[user], project))
    helper = cast.holder("expert") or cast.holder("facilitator") or user
    name = people.several(conn, workspace=row.workspace, users=(helper,))[helper].name
    match row.ref.get("which"):
        case "weather":
            said = w.md(
                "Two weeks running, something weighs on the project *{project}* for you. {name} can help: a "
                "word is enough, and it stays between you.",
                project=project.name, name=name,
            )  # fmt: skip
        case "promises":
            said = w.md(
                "*{project}*: what you meant to do in person has had little room lately. One small thing "
                "counts more than all of them: choose the one that people would notice, and give it a date. "
                "Only you and the facilitator read this.",
                project=project.name,
            )
        case _:
            sponsor = cast.holder("sponsor") or ""
            said = w.md(
                "*{project}*: a quarter of an hour with {name} would help, about what they mean to do in "
                "person. Only you and the sponsor know.",
                project=project.name, name=known[sponsor].name if sponsor in known else sponsor,
            )  # fmt: skip
    return message(blocks.section(said))


def _told(
    who: Asker, one: CheckIn, answers: Mapping[str, Value], refs: list[str], offered: int
) -> list[Json]:
    w, rows = who.w, list[Json]()
    if refs:
        rows.append(blocks.section(w.md("Opened from it: {refs}.", refs=Mrkdwn(w.listed(refs)))))
    if one.what == "C03" and offered:
        kept = len(answers.get(PROMISES) or ())
        said = w.md("Kept: {n} of {total}. Only you and the facilitator know.", n=kept, total=offered)
        rows.append(blocks.section(said))
    if answers.get(WORRY):
        go = elements.button(w("Make it a risk"), "checkin.risk", value=one.id)
        hint = w("As a risk, the team and the sponsor read it.")
        rows += [
            blocks.section(quote(str(answers[WORRY])), accessory=go),
            blocks.context(hint),
        ]
    return rows


def _answered(one: CheckIn) -> Answered:
    return Answered(day=one.day, answers=one.answers, offered=one.offered)


MESSAGES = {"checkin_help": help_offered}
