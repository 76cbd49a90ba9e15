# ruff: noqa: PLR0913 - a workshop: which, how, when, with whom
"""`/cadrage workshop W06`: the form that prepares one, and the invitations it sends.

Says clearly what is missing. Whoever facilitates may go ahead in spite of it, with a reason where a guard
of the plan stands before it.
"""

from datetime import datetime, time
from typing import Any

from bot import answer, forms, people
from bot.arbitration.seating import today_of
from bot.asker import Asker
from bot.asker import asker as load_asker
from bot.dialogue.typed import typed
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rounds import guarding
from bot.verbs import parse
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.workshops import listing, queueing
from bot.workshops.outcomes import past, session
from bot.workshops.readiness import Readiness, readiness, seated
from flows import cadence
from flows.workshop.model import Workshop
from flows.workshop.quorum import quorum
from storage import inbox
from storage import project as projects
from storage import workshop as workshops
from storage.database import Connection

CALLBACK = "workshop.prepare"
LIST = {"list", "liste"}  # what follows the command for what was held and what is coming
MODE, WHEN, DAY, HOUR, GUESTS, ANYWAY, REASON = "mode", "when", "day", "hour", "guests", "anyway", "because"
REPLAY = "replay"
LIVE, ASYNC, OTHER, NOW = "live", "async", "other", "now"
SHORTEST_REASON = 10
MOST_GUESTS = 20


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage workshop`: the twelve with their state; `W06`: the form that prepares one."""
    rest = parse(str(request.payload.get("text") or "")).rest
    who = await load_asker(request, parts)
    id = next((word.upper() for word in rest if word.upper() in parts.playbook.workshops), "")
    if not id and LIST & {*rest}:
        return await past.show(request, parts, who)
    if not id:
        return await listing.opened(request, parts, who)
    return await opened(request, parts, who, id)


async def chosen(request: Request, parts: Parts) -> Reply:
    """[Prepare] in the list or the plan: "project:W06"."""
    project_id, _, id = answer.chosen(request).partition(":")
    who = await load_asker(request, parts, project_id=project_id or "-")
    return await opened(request, parts, who, id)


async def opened(request: Request, parts: Parts, who: Asker, id: str) -> Reply:
    """The form of one workshop, for whoever may run it; its script for everybody else."""
    if isinstance(verdict := who.may("workshop.run"), Deny):
        if not isinstance(who.may("workshop.read"), Deny) and id in parts.playbook.workshops:
            return await listing.script(request, parts, who, id)
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    if id not in parts.playbook.workshops:
        return await listing.opened(request, parts, who)

    async def build() -> Json:
        await people.everybody(parts, request.workspace, who.here.cast.everybody())
        found = await parts.db.read(readiness, parts=parts, who=who, id=id)
        return form(parts, who, found, nonce=request.trigger_id)

    return answer.show(request, parts, who.w, id, build)


def form(parts: Parts, who: Asker, found: Readiness, *, nonce: str) -> Json:
    """Ready or not, how, when, who comes from outside."""
    w, script = who.w, found.script
    if found.running is not None:
        return _busy(who, parts, found.running)
    if (hard := next((guard for guard in found.guards if not guard.overridable), None)) is not None:
        return answer.page(w, script.id, guarding.refused(w, hard, who.here))
    steps = len(script.steps)
    head = w(
        "{n} steps · {minutes} minutes live, or up to {days} working days in the channel",
        n=steps, minutes=script.minutes, days=-(-script.hours // 8),
    )  # fmt: skip
    rows = [
        blocks.section(w.md("*{title}.* {goal}", title=script.title, goal=script.goal)),
        blocks.context(head),
    ]
    rows += [*_ready(who, parts, found), *_replay(who, found)]
    live = [elements.option(w.moment(one, who.here.zone), one.isoformat()) for one in found.times]
    live += [elements.option(w("Now"), NOW), elements.option(w("Another moment, below"), OTHER)]
    modes = [
        elements.option(w("Live, with a clock"), LIVE),
        elements.option(w("In the channel, step by step"), ASYNC),
    ]
    first = found.times[0].isoformat() if found.times else NOW
    hint = (
        w("These suit everybody’s working hours.")
        if found.times
        else w("No time of the next ten working days suits everybody’s working hours.")
    )
    rows += [
        blocks.field(w("How"), elements.radio(MODE, modes, initial=LIVE), block_id=MODE),
        blocks.field(
            w("When"), elements.radio(WHEN, live[-10:], initial=first), block_id=WHEN, hint=hint,
        ),
        blocks.field(w("Another day"), elements.date(DAY), block_id=DAY, optional=True),
        blocks.field(
            w("At"), elements.words(HOUR, most=8, hint=w("14:30")), block_id=HOUR, optional=True,
            hint=w("Where the project is: {zone}", zone=who.here.zone),
        ),
        blocks.field(
            w("Guests, without a vote"), elements.users(GUESTS, most=MOST_GUESTS), block_id=GUESTS,
            optional=True,
        ),
    ]  # fmt: skip
    return blocks.modal(
        script.id, rows, callback_id=CALLBACK, submit=w("Invite"), close=w("Not now"),
        metadata=forms.packed(project=who.here.id, script=script.id, nonce=nonce),
    )  # fmt: skip


def _busy(who: Asker, parts: Parts, other: Workshop) -> Json:
    """One at a time: the way to the desk of the one that is there."""
    w, script = who.w, parts.playbook.workshops[other.script]
    said = w.md("*{id} {title}* is planned already.", id=script.id, title=script.title)
    if other.running:
        said = w.md("*{id} {title}* is under way: one workshop at a time.", id=script.id, title=script.title)
    desk = elements.button(w("My desk"), "workshop.desk", value=other.id, style="primary")
    return answer.page(w, w("Workshops"), [blocks.section(said), blocks.actions(desk)])


def _ready(who: Asker, parts: Parts, found: Readiness) -> list[Json]:
    """What is there and what is missing, in sentences."""
    w = who.w
    lines = []
    for need in found.script.needs:
        said = w.md("{what}: closed", what=_named(parts, who, need))
        if need in found.missing:
            said = w.md("{what}: *not closed yet*", what=_named(parts, who, need))
        lines.append(said)
    empty = Workshop(
        id="", workspace="", project_id="", number=0, script=found.script.id, mode="live", facilitator="",
        channel="", planned_by="", people=found.people,
    )  # fmt: skip
    now = quorum(found.script, empty)
    lines.append(
        w.md(
            "Quorum: {needed} of the {all} people counted, and each front-office function",
            needed=now.needed,
            all=now.team,
        )
    )
    if found.script.decides:
        arbiter = any(one.arbiter for one in found.people)
        said = (
            w.md("The arbiter or somebody who stands in: invited")
            if arbiter
            else w.md("*No arbiter is named*")
        )
        lines.append(said)
    lines.append(w.plural_md("{n} person is invited", "{n} people are invited", len(found.people)))
    rows = [blocks.section(Mrkdwn("\n").join([w.md("*Ready?*"), *lines]))]
    if found.guards or found.missing:
        rows += [blocks.alert(w.of(guard.words)) for guard in found.guards]
        anyway = elements.checkboxes(ANYWAY, [elements.option(w("I go ahead anyway"), ANYWAY)])
        rows.append(blocks.field(w("Something is missing"), anyway, block_id=ANYWAY, optional=True))
    if found.guards:
        because = elements.words(REASON, several_lines=True, most=500)
        rows.append(blocks.field(w("Because"), because, block_id=REASON, optional=True))
    return rows


def _replay(who: Asker, found: Readiness) -> list[Json]:
    """Votes without quorum are replayed (4.1): only them, or the whole of it once more."""
    w, steps = who.w, [str(step) for step in found.replay[:-1]]
    if not steps:
        return []
    said = w.plural(
        "Only step {which}, whose vote had no quorum",
        "Only steps {which}, whose votes had no quorum",
        len(steps),
        which=", ".join(steps),
    )
    only = elements.checkboxes(REPLAY, [elements.option(said, REPLAY)])
    return [blocks.field(w("Replay"), only, block_id=REPLAY, optional=True)]


def _named(parts: Parts, who: Asker, need: str) -> str:
    """ "D04 Processes"."""
    flow, script = parts.playbook.flows.get(need), parts.playbook.workshops.get(need)
    title = flow.title if flow is not None else script.title if script is not None else None
    return f"{need} {who.w.of(title)}" if title is not None else need


async def sent(request: Request, parts: Parts) -> Reply:
    """[Invite]."""
    held = forms.held(answer.metadata(request))
    who = await load_asker(request, parts, project_id=held.get("project", "-"))
    if isinstance(verdict := who.may("workshop.run"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    fields = typed(request.payload.get("view") or {})
    guests = [user for user in fields.get(GUESTS) or [] if isinstance(user, str)]
    await people.everybody(parts, request.workspace, guests)
    made: tuple[Workshop | None, dict[str, str]] = await parts.db.run(
        _plan, parts=parts, who=who, held=held, fields=fields, guests=guests
    )
    parts.wake()
    workshop, errors = made
    if errors:
        return Reply(ack={"response_action": "errors", "errors": errors})
    if workshop is None:
        return answer.tell(
            request, parts, who.w, who.w("One workshop at a time: another one is there already.")
        )
    w = who.w
    said = w.plural_md(
        "*{n} invitation is on its way.*", "*{n} invitations are on their way.*", len(workshop.people)
    )
    desk = elements.button(w("My desk"), "workshop.desk", value=workshop.id, style="primary")
    return answer.tell(request, parts, w, said, more=[blocks.actions(desk)])


def _plan(
    conn: Connection,
    *,
    parts: Parts,
    who: Asker,
    held: dict[str, str],
    fields: dict[str, Any],
    guests: list[str],
) -> tuple[Workshop | None, dict[str, str]]:  # fmt: skip
    """Checked again, kept, announced, in one transaction. The same form sent twice invites once."""
    project, now = who.here, parts.clock.now()
    here = {"workspace": project.workspace}
    nonce = held.get("nonce", "")
    if nonce and (before := inbox.hold_form(conn, **here, nonce=nonce, now=now)) is not None:
        return workshops.get(conn, **here, id=str(before)), {}
    projects.lock(conn, workspace=project.workspace, id=project.id)
    found = readiness(conn, parts=parts, who=who, id=held.get("script", ""))
    if found.running is not None or any(not guard.overridable for guard in found.guards):
        return None, {}
    when, errors = _when(who, fields, now)
    reason = str(fields.get(REASON) or "").strip()
    if found.missing or found.guards:
        if not fields.get(ANYWAY):
            errors[ANYWAY] = who.w("Tick it to go ahead, or wait until it is there.")
        elif found.guards and len(reason) < SHORTEST_REASON:
            errors[REASON] = who.w("A few more words: {n} characters at least.", n=SHORTEST_REASON)
    if errors:
        return None, errors
    workshop = _put(conn, parts, who, found, fields, guests, when)
    if found.guards:
        guarding.ahead_of_time(conn, parts=parts, who=who, guards=found.guards, about=found.script.id,
                               title=found.script.title, reason=reason)  # fmt: skip
    if nonce:
        inbox.remember_form(conn, **here, nonce=nonce, result=workshop.id, now=now)
    return workshop, {}


def _put(  # noqa: PLR0917 - a workshop: which, how, when, with whom
    conn: Connection, parts: Parts, who: Asker, found: Readiness, fields: dict[str, Any], guests: list[str],
    when: datetime | None,
) -> Workshop:  # fmt: skip
    project, now = who.here, parts.clock.now()
    seats = seated(conn, parts=parts, who=who, script=found.script, facilitator=who.actor.user, guests=guests)
    workshop = workshops.put(
        conn,
        workshop=Workshop(
            id=workshops.fresh_id(), workspace=project.workspace, project_id=project.id, number=0,
            script=found.script.id, mode="async" if fields.get(MODE) == ASYNC else "live",
            facilitator=who.actor.user, channel=project.channel, planned_by=who.actor.user, planned_for=when,
            people=seats, plays=found.replay if fields.get(REPLAY) else (),
            about=session.about(
                conn, project=project, script=found.script.id, day=today_of(project, when or now)
            ),
        ),
    )  # fmt: skip
    if workshop.plays:
        workshops.lay_again(conn, workspace=project.workspace, before=found.held, id=workshop.id)
    queueing.shown(conn, project=project, workshop=workshop, now=now)
    queueing.planned(conn, project=project, workshop=workshop)
    for one in workshop.people:
        queueing.invited(conn, project=project, workshop=workshop, user=one.user, now=now)
        queueing.calendar_file(conn, project=project, workshop=workshop, user=one.user, now=now)
    return workshop


def _when(who: Asker, fields: dict[str, Any], now: datetime) -> tuple[datetime | None, dict[str, str]]:
    """The moment chosen (UTC); None: as soon as it is opened. Or what is wrong, by field."""
    w, said = who.w, str(fields.get(WHEN) or NOW)
    if said == NOW:
        return None, {}
    if said != OTHER:
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            return None, {WHEN: w("Choose a moment.")}
        return (
            (moment, {}) if moment.tzinfo and moment > now else (None, {WHEN: w("Choose a moment to come.")})
        )
    day, hour = forms.day(fields.get(DAY)), hour_of(str(fields.get(HOUR) or ""))
    if day is None:
        return None, {DAY: w("Choose a day.")}
    if hour is None:
        return None, {HOUR: w("A time such as {time}", time=w.hour(time(14, 30)))}
    moment = cadence.at(day, hour, cadence.zone(who.here.zone))
    return (moment, {}) if moment > now else (None, {DAY: w("Choose a moment to come.")})


def hour_of(text: str) -> time | None:
    """ "14:30", "14h30", "14 h", "9.15"; None for anything else."""
    digits = "".join(char if char.isdigit() else " " for char in text).split()
    if not 1 <= len(digits) <= 2 or any(len(one) > 2 for one in digits):
        return None
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


ACTIONS: dict[str, Any] = {"workshop.prepare": chosen, **listing.ACTIONS}
VIEWS: dict[str, Any] = {CALLBACK: sent}
COMMANDS = {"workshop": command}
