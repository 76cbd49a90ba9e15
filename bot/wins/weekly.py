"""The team's weekly round-up in the channel (DOC8): Friday at eleven, in the sections and the order of 7.9.

Departments take turns. A department of which nothing has been seen for four weeks is said to the facilitator
alone, as a hint and without a figure. In everyday use (P6) it comes on the first Friday of the month.
"""

from datetime import date, datetime, time, timedelta

from bot import asker, people
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds import announce, plan, sending
from bot.rounds.cards import Shown, local, message, shown
from bot.wins.card import line
from bot.wins.queueing import silent
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording, words
from flows import cadence
from flows.dialogue.effects import RecordKind
from flows.project import Project
from flows.wins.model import DEPARTMENTS_INSIDE
from flows.wins.round_up import UNSEEN, Content, Line, content, unseen, week_of
from storage import project as projects
from storage import register, win, win_week
from storage.database import Connection
from storage.outbox import Row
from storage.recurring import Recurring
from storage.schedule import Due
from storage.win_week import Week

WHAT = "round_up"
FRIDAY = Recurring(kind="round_up", rrule="FREQ=WEEKLY;BYDAY=FR", at=time(11))
FIRST_WEEK = 7  # a day of the month up to which a Friday is the first one
EVERYDAY = "P6"
A_WEEK = timedelta(days=7)
NEXT_SHOWN = 4
ASSUMPTIONS: tuple[RecordKind, ...] = ("assumption",)


def due(conn: Connection, due: Due, now: datetime) -> None:
    """One Friday of one project: what waits is said now, and the post is queued. Two days down make one."""
    project = projects.get(conn, workspace=due.workspace, id=str(due.data.get("project", "")))
    if project is None:
        return
    projects.lock(conn, workspace=project.workspace, id=project.id)
    day = due.covers.last.astimezone(cadence.zone(project.zone)).date()
    if (project.phase == EVERYDAY and day.day > FIRST_WEEK) or silent(conn, project=project, now=now):
        return
    here = {"workspace": project.workspace, "project_id": project.id}
    for one in win.in_state(conn, **here, states=("waiting", "posted")):
        if one.round_up is None:
            win.into_round_up(conn, **here, win=one, week=week_of(day))
    announce.post(
        conn, project=project, what=WHAT, key=f"{project.id}:{week_of(day)}", ref={"day": day.isoformat()},
        now=now,
    )  # fmt: skip
    _hint(conn, project, day, now)


def _hint(conn: Connection, project: Project, day: date, now: datetime) -> None:
    """To the facilitator, once in four weeks for a department: nothing has been seen of it."""
    zone, facilitator = cadence.zone(project.zone), project.cast.holder("facilitator")
    here = {"workspace": project.workspace, "project_id": project.id}
    seen = [
        (one, one.found_at.astimezone(zone).date()) for one in win.since(conn, **here, moment=now - UNSEEN)
    ]
    company = [member.function or "" for member in project.cast.members]
    silent = unseen(company, seen, day, project.created_at.astimezone(zone).date())
    if not silent or not facilitator:
        return
    key = f"{project.id}:{day.toordinal() // UNSEEN.days}"
    announce.private(
        conn, workspace=project.workspace, user=facilitator, what="win_unseen", key=key,
        ref={"project": project.id, "functions": list(silent)}, now=now, at=now,
    )  # fmt: skip


def unseen_hint(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """ "Look for an unseen step in after-sales.": no figure and no history (6.3)."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    user = str(row.ref.get("user", ""))
    if project is None:
        return None
    me = people.several(conn, workspace=row.workspace, users=(user,))[user]
    if later := sending.not_now(me, project, parts.clock.now()):
        return later
    w = words(people.language(me, project))
    named = [w.of(DEPARTMENTS_INSIDE[one]) for one in row.ref["functions"] if one in DEPARTMENTS_INSIDE]
    return message(
        blocks.section(w.md("You might look for an unseen step: {functions}.", functions=w.listed(named))),
        blocks.actions(elements.button(w("Tell a win"), "win.tell", value=project.id)),
        blocks.context(w("Only you read this.")),
    )


def round_up(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The post. A quiet week is one honest line and what comes next."""
    found = shown(conn, row)
    if found is None:
        return None
    day = date.fromisoformat(str(row.ref["day"]))
    project, w = found.project, found.w
    here = {"workspace": project.workspace, "project_id": project.id}
    refuted = [
        one.ref for one in register.records(conn, **here, kinds=ASSUMPTIONS) if one.status == "refuted"
    ]
    wins = win.of_round_up(conn, **here, week=week_of(day))
    said, around = content(wins, refuted, day), week(conn, project, day)
    coming = following(conn, found, parts, around, day)
    foot = blocks.context(w("These steps are never used to assess, pay or rank anyone."))
    tell = elements.button(w("Tell a win"), "win.tell", value=project.id)
    tried = elements.button(w("I tried something"), "initiative.tell", value=project.id)
    if said.empty:
        quiet = w.md("A quiet week for steps. What comes next: {next}", next=coming)
        return message(blocks.section(quiet), blocks.actions(tell, tried), foot)
    named = [one.user for each in wins for one in each.people]
    names = {**found.names, **asker.named(conn, project=project, also=named)}
    rows = [blocks.header(w("This week’s steps")), *_sections(w, said, around, names)]
    rows += [blocks.section(w.md("*Next week*\n{next}", next=coming))]
    return message(*rows, blocks.actions(tell, tried), foot)


def _sections(w: Wording, said: Content, around: Week, names: dict[str, str]) -> list[Json]:
    """WR01 to WR04 in their order."""
    rows = []
    for theme, several in said.moved.items():
        rows.append(blocks.section(_listed(w, bold(w.of(theme)), several, names)))
    if not said.moved:
        rows.append(blocks.section(w("A quiet week for steps.")))
    settled = [w.md("{ref} {title}", ref=bold(one.ref), title=one.title) for one in around.settled]
    done = [*(_line(w, one, names) for one in said.done), *settled]
    head = w.md("*You said, we did*")
    if done:
        rows.append(blocks.section(_lines(head, done)))
    else:
        rows.append(blocks.section(_lines(head, [owed(w, around.owed)])))
    invites = w.md("Have you tried anything, even tiny, to make this project your own? One line is enough.")
    tries = [_line(w, one, names) for one in said.trials] or [invites]
    rows.append(blocks.section(_lines(w.md("*Trials and initiatives*"), tries)))
    if said.learned:
        rows.append(blocks.section(_listed(w, w.md("*What we learned the hard way*"), said.learned, names)))
    return rows


def owed(w: Wording, replies: int) -> Mrkdwn:
    """WR02 when nothing was done: what is owed people next week, if anything is."""
    if not replies:
        return w.md("Nothing closed this week, and no reply from us is due next week.")
    return w.plural_md(
        "Nothing closed this week; {n} reply from us is due next week.",
        "Nothing closed this week; {n} replies from us are due next week.", replies,
    )  # fmt: skip


def _listed(w: Wording, head: Mrkdwn, several: tuple[Line, ...], names: dict[str, str]) -> Mrkdwn:
    return _lines(head, [_line(w, one, names) for one in several])


def _lines(head: Mrkdwn, said: list[Mrkdwn]) -> Mrkdwn:
    return Mrkdwn("\n").join([head, *(Mrkdwn("• ") + one for one in said)])


def _line(w: Wording, one: Line, names: dict[str, str]) -> Mrkdwn:
    """Wins of the same detector stand in one line."""
    return Mrkdwn(" ").join([line(w, win_, names) for win_ in one.wins])


def week(conn: Connection, project: Project, day: date) -> Week:
    """What people asked and got in the week that ends on this day, and what has its day in the next."""
    zone = cadence.zone(project.zone)
    until = cadence.at(day, FRIDAY.at, zone)
    return win_week.week(
        conn, workspace=project.workspace, project_id=project.id, since=until - A_WEEK, until=until,
        days=_coming(day),
    )  # fmt: skip


def _coming(day: date) -> tuple[date, date]:
    """From the day after to a week later."""
    return day + timedelta(days=1), day + A_WEEK


def following(conn: Connection, found: Shown, parts: Parts, around: Week, day: date) -> Mrkdwn:
    """WR05: what of the plan, the dialogues and the lots has its day in the week to come."""
    w, (first, last) = found.w, _coming(day)
    table = plan.table(
        conn, parts=parts, project=found.project, today=local(parts.clock.now(), found.project).date()
    )
    steps = [
        (placed.day, w.md("{title}", title=plan.title_of(placed.step, parts.playbook)))
        for placed in table.placed if placed.ahead and first <= placed.day <= last
    ]  # fmt: skip
    flows = parts.playbook.flows
    steps += [
        (run.closes_on, w.md("{title} closes", title=flows[run.flow].title))
        for run in around.closing if run.closes_on is not None and run.flow in flows
    ]  # fmt: skip
    steps += [
        (lot.due, w.md("{ref} {title}", ref=lot.ref, title=lot.title)) for lot in around.lots if lot.due
    ]
    if not steps:
        return w.md("⚠ nothing is planned for next week yet.")
    ordered = sorted(steps, key=lambda one: (one[0], str(one[1])))[:NEXT_SHOWN]
    return Mrkdwn(" · ").join([w.md("{day}: {what}", day=w.day(on), what=what) for on, what in ordered])


DUE = {FRIDAY.kind: due}
MESSAGES = {WHAT: round_up, "win_unseen": unseen_hint}
