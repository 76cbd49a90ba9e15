# ruff: noqa: PLR0913, PLR0917 - for whom, about which project, on which day
"""What the grouped reminder and Home say of items that are due: one's own; for the lead what has nobody or is
overdue; for the arbiter what has been overdue for long; for the facilitator what nobody is reminded of any
more. Never how late whom: each reads what is theirs to do.
"""

from collections.abc import Iterable
from datetime import date, datetime

from bot import people
from bot.absence import form as absence
from bot.arbitration import waiting as settling
from bot.parts import Parts
from bot.register import reviewing
from bot.request import Json
from bot.rounds import reminding, sending
from bot.upkeep.items import Due, items, readable
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording
from flows.project import Project
from flows.register.moves import possible
from flows.upkeep import MOST, due_of
from storage import ask as asks
from storage import upkeep
from storage.database import Connection

LEAD, ARBITER = 1, 2  # levels
SHOWN = 6


def reminded(
    conn: Connection, parts: Parts, w: Wording, *, project: Project, user: str, now: datetime
) -> list[list[Json]]:
    """For the reminder that is about to leave: each point with its buttons. Only what was to be said since
    the reminder was meant to leave, so that nothing is said more often than three times."""
    since = _since(conn, project, user, now)
    rows = [[one] for one in settling.reminded(conn, parts, project=project, user=user)]
    person = people.several(conn, workspace=project.workspace, users=(user,))[user]
    found = items(conn, project=project, today=sending.local_day(person, project, now))
    for one in found.values():
        kept = one.kept
        mine = one.hears == user and not kept.stopped and kept.said_on is not None
        quiet = kept.quiet_until is not None
        if mine and not quiet and kept.said_on is not None and kept.said_on >= since:
            rows.append(own(conn, w, project, one))
    for one in _raised(conn, parts, project, user, found):
        moment = one.kept.level_on if one.item.owner else one.kept.said_on
        if moment is not None and moment >= since:
            rows.append(_others(w, project, user, one))
    return rows if len(rows) <= SHOWN else [*rows[:SHOWN], _more(w, project, len(rows) - SHOWN)]


def _more(w: Wording, project: Project, n: int) -> list[Json]:
    """The way to what one message does not hold."""
    said = w.plural("{n} more point is on your list.", "{n} more points are on your list.", n)
    see = elements.button(w("See my list"), "register.open:mine", value=f"{project.id}:mine:0")
    return [blocks.section(said, accessory=see)]


def home(
    conn: Connection, parts: Parts, w: Wording, *, project: Project, user: str, today: date
) -> list[Json]:
    """For lead and arbiter: what has nobody, or is overdue and has been said to them. For the facilitator:
    what nobody is reminded of any more, so that it is not forgotten."""
    standing = absence.lines(conn, w, project=project, who=user, today=today)
    steers = user in (_lead(project), project.cast.holder("arbiter"))
    watches = user == project.cast.holder("facilitator") and _any_stopped(conn, project)
    if not steers and not watches:
        return standing
    found = items(conn, project=project, today=today)
    raised = _raised(conn, parts, project, user, found) if steers else []
    rows = [row for one in raised[:SHOWN] if one.item.due <= today for row in _others(w, project, user, one)]
    return standing + rows + (_stopped(conn, parts, w, project, user, found, raised) if watches else [])


def _any_stopped(conn: Connection, project: Project) -> bool:
    kept = upkeep.of_project(conn, workspace=project.workspace, project_id=project.id)
    return any(one.stopped for one in kept.values())


def _stopped(
    conn: Connection,
    parts: Parts,
    w: Wording,
    project: Project,
    user: str,
    found: dict[str, Due],
    said: list[Due],
) -> list[Json]:
    """Items whose reminders their owner has stopped; not how many of whose."""
    quiet = {ref: one for ref, one in found.items() if one.kept.stopped and one.item.owner != user}
    shown = readable(conn, parts, project=project, user=user, found=quiet) if quiet else []
    rows = []
    for one in [one for one in shown if one.record.ref not in {each.record.ref for each in said}][:SHOWN]:
        told = Mrkdwn(" · ").join([_head(w, one), w.md("reminders of it are stopped; it keeps its date")])
        rows += [blocks.section(told), blocks.actions(_name(w, project, one), _read(w, project, one))]
    return rows


def _name(w: Wording, project: Project, one: Due) -> Json:
    """[Name somebody]."""
    ref = one.record.ref
    label = w("{what}: {question}", what=w("Name somebody"), question=ref)
    return elements.button(w("Name somebody"), f"item.pass:{ref}", value=f"{project.id}:{ref}", label=label)


def _since(conn: Connection, project: Project, user: str, now: datetime) -> date:
    """The day from which the reminder that waits was meant to say things."""
    known = asks.of(conn, workspace=project.workspace, user=user, now=now)
    start = f"{reminding.START}{project.id}:"
    waiting = [one.earliest for one in known if one.key.startswith(start) and one.left_at is None]
    return min(waiting, default=date.max)


def _lead(project: Project) -> str | None:
    return project.cast.holder("lead") or project.cast.holder("facilitator")


def _raised(conn: Connection, parts: Parts, project: Project, user: str, found: dict[str, Due]) -> list[Due]:
    """What this person is to see to as lead or arbiter; not what is theirs anyway."""
    cast = project.cast
    wanted: Iterable[Due] = ()
    if user == _lead(project):
        wanted = [
            one for one in found.values()
            if one.kept.level >= LEAD or (not one.item.owner and one.kept.said)
        ]  # fmt: skip
    elif user == cast.holder("arbiter"):
        wanted = [one for one in found.values() if one.kept.level >= ARBITER]
    theirs = {one.record.ref: one for one in wanted if one.hears != user}
    return readable(conn, parts, project=project, user=user, found=theirs) if theirs else []


def own(conn: Connection, w: Wording, project: Project, one: Due) -> list[Json]:
    """ "*ISS-4* Who owns the contact records? · was due on Fri 13 Feb", and what its owner can do; or whoever
    stands in: to stop what is said of it, or pass it on, is the owner's."""
    said = [_head(w, one), w.md("reminder {n} of {most}", n=one.kept.said, most=MOST)]
    value = f"{project.id}:{one.record.ref}"
    choices = [
        elements.option(w("Tomorrow"), f"{value}:1"),
        elements.option(w("In 3 days"), f"{value}:3"),
        elements.option(w("Next week"), f"{value}:week"),
    ]
    if one.hears == one.item.owner:
        choices.append(elements.option(w("Pass on to…"), f"{value}:pass"))
        choices.append(elements.option(w("Stop reminding me of this"), f"{value}:stop"))
    else:
        owner = people.several(conn, workspace=project.workspace, users=(one.item.owner,))[one.item.owner]
        said.append(w.md("you stand in for {name}", name=owner.name))
    menu = elements.overflow(f"item.menu:{one.record.ref}", choices)
    if one.record.kind == "decision":
        buttons = [*reviewing.ways(w, project.id, one.record.ref), _read(w, project, one)]
    else:
        buttons = [*_settled(w, project, one), *_buttons(w, project, one)]
    return [blocks.section(Mrkdwn(" · ").join(said)), blocks.actions(*buttons, menu)]


def _settled(w: Wording, project: Project, one: Due) -> list[Json]:
    """The step that most often comes next: [Settled], [Done] (journeys F4)."""
    ref, steps = one.record.ref, {"resolve": w.p("step", "Settled"), "finish": w.p("step", "Done")}
    return [
        elements.button(
            steps[name], f"record.move:{name}:{ref}", value=f"{project.id}:{ref}:{name}",
            label=w("{what}: {ref}", what=steps[name], ref=ref),
        )
        for name in possible(one.record) if name in steps
    ]  # fmt: skip


def _others(w: Wording, project: Project, user: str, one: Due) -> list[Json]:
    """For lead and arbiter: what it is, and what they can do."""
    if not one.item.owner:
        said = Mrkdwn(" · ").join([_head(w, one), w.md("it has nobody any more")])
    else:
        said = Mrkdwn(" · ").join([_head(w, one), w.md("its owner knows")])
    buttons = _buttons(w, project, one)
    if user != project.cast.holder("arbiter") or not one.item.owner:
        buttons.insert(0, _name(w, project, one))
    return [blocks.section(said), blocks.actions(*buttons)]


def _head(w: Wording, one: Due) -> Mrkdwn:
    if one.record.kind == "decision":
        return reviewing.asked(w, one.record, one.item.due)
    due = w.md("due on {day}", day=w.day(due_of(one.record) or one.item.due))
    title = Mrkdwn(" ").join([bold(one.record.ref), w.md("{title}", title=one.record.title)])
    return Mrkdwn(" · ").join([title, due])


def _buttons(w: Wording, project: Project, one: Due) -> list[Json]:
    """Its page, and the way to the arbiter."""
    ref, value = one.record.ref, f"{project.id}:{one.record.ref}"
    label = w("{what}: {question}", what=w("Needs a decision"), question=ref)
    bring = elements.button(w("Needs a decision"), f"arbitration.bring:{ref}", value=value, label=label)
    return [_read(w, project, one), bring]


def _read(w: Wording, project: Project, one: Due) -> Json:
    ref = one.record.ref
    label = w("Read {ref}", ref=ref)
    return elements.button(w("Read"), f"record.open:{ref}", value=f"{project.id}:{ref}", label=label)
