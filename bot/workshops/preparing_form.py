"""The form that prepares a workshop: what is there and what is missing, how, when, who comes from outside.

Says clearly what is missing. Whoever facilitates may go ahead in spite of it, with a reason where a guard
of the plan stands before it.
"""

from bot import answer, forms
from bot.asker import Asker
from bot.parts import Parts
from bot.request import Json
from bot.rounds import guarding
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.workshops.readiness import Readiness
from flows.signoff.ahead import SCRIPT
from flows.workshop.model import Workshop
from flows.workshop.quorum import quorum

CALLBACK = "workshop.prepare"
MODE, WHEN, DAY, HOUR, GUESTS, ANYWAY, REASON = "mode", "when", "day", "hour", "guests", "anyway", "because"
REPLAY = "replay"
LIVE, ASYNC, OTHER, NOW = "live", "async", "other", "now"
MOST_GUESTS = 20


def form(parts: Parts, who: Asker, found: Readiness, *, nonce: str) -> Json:
    """Ready or not, how, when, who comes from outside."""
    w, script = who.w, found.script
    if found.running is not None:
        return _busy(who, parts, found.running)
    if (hard := next((guard for guard in found.guards if not guard.overridable), None)) is not None:
        return answer.page(w, script.id, guarding.refused(w, hard, who.here))
    rows = [*_head(who, found), *_ready(who, parts, found), *_replay(who, found)]
    rows += [*_how_and_when(who, found), *_elsewhere(who)]
    return blocks.modal(
        script.id, rows, callback_id=CALLBACK, submit=w("Invite"), close=w("Not now"),
        metadata=forms.packed(project=who.here.id, script=script.id, nonce=nonce),
    )  # fmt: skip


def _head(who: Asker, found: Readiness) -> list[Json]:
    """What it is for, how long it takes in both modes, and the way to read it before."""
    w, script = who.w, found.script
    said = w(
        "{n} steps · {minutes} minutes live, or up to {days} working days in the channel",
        n=len(script.steps), minutes=script.minutes, days=-(-script.hours // 8),
    )  # fmt: skip
    title = w.md("*{title}.* {goal}", title=script.title, goal=script.goal)
    script_of = elements.button(w("Read the script"), "workshop.script", value=f"{who.here.id}:{script.id}")
    small = [said]
    if script.id == SCRIPT:
        small.append(
            w(
                "Unless it is in review, the whole note goes round by itself: three working days before, two "
                "in the channel, or at once if that day is past."
            )
        )
    return [blocks.section(title, accessory=script_of), blocks.context(*small)]


def _how_and_when(who: Asker, found: Readiness) -> list[Json]:
    """Both modes; the first times that suit everybody."""
    w = who.w
    modes = [
        elements.option(w("Live, with a clock"), LIVE),
        elements.option(w("In the channel, step by step"), ASYNC),
    ]
    times = [elements.option(w.moment(one, who.here.zone), one.isoformat()) for one in found.times]
    times += [elements.option(w("Now"), NOW), elements.option(w("Another moment, below"), OTHER)]
    first = found.times[0].isoformat() if found.times else NOW
    hint = (
        w("These suit everybody’s working hours.")
        if found.times
        else w("No time of the next ten working days suits everybody’s working hours.")
    )
    when = elements.radio(WHEN, times[-10:], initial=first)
    return [
        blocks.field(w("How"), elements.radio(MODE, modes, initial=LIVE), block_id=MODE),
        blocks.field(w("When"), when, block_id=WHEN, hint=hint),
    ]


def _elsewhere(who: Asker) -> list[Json]:
    """Another moment, and who comes from outside."""
    w = who.w
    here = w("Where the project is: {zone}", zone=who.here.zone)
    hour = elements.words(HOUR, most=8, hint=w("14:30"))
    guests = elements.users(GUESTS, most=MOST_GUESTS)
    return [
        blocks.field(w("Another day"), elements.date(DAY), block_id=DAY, optional=True),
        blocks.field(w("At"), hour, block_id=HOUR, optional=True, hint=here),
        blocks.field(w("Guests, without a vote"), guests, block_id=GUESTS, optional=True),
    ]


def _busy(who: Asker, parts: Parts, other: Workshop) -> Json:
    """One at a time: the way to the desk of the one that is there."""
    w, script = who.w, parts.playbook.workshops[other.script]
    said = w.md("*{id} {title}* is planned already.", id=script.id, title=script.title)
    if other.running:
        said = w.md("*{id} {title}* is under way: one workshop at a time.", id=script.id, title=script.title)
    desk = elements.button(w("My desk"), "workshop.desk", value=other.id, style="primary")
    return answer.page(w, w("Workshops"), [blocks.section(said), blocks.actions(desk)])


def _ready(who: Asker, parts: Parts, found: Readiness) -> list[Json]:
    """What is there and what is missing, in sentences; the way past it."""
    w = who.w
    lines = [_need(who, parts, found, need) for need in found.script.needs]
    lines += _people(who, found)
    rows = [blocks.section(Mrkdwn("\n").join([w.md("*Ready?*"), *lines]))]
    return [*rows, *_anyway(who, found)] if found.guards or found.missing else rows


def _need(who: Asker, parts: Parts, found: Readiness, need: str) -> Mrkdwn:
    if need in found.missing:
        return who.w.md("{what}: *not closed yet*", what=_named(parts, who, need))
    return who.w.md("{what}: closed", what=_named(parts, who, need))


def _people(who: Asker, found: Readiness) -> list[Mrkdwn]:
    """Quorum, the arbiter, how many are invited."""
    w = who.w
    empty = Workshop(
        id="", workspace="", project_id="", number=0, script=found.script.id, mode="live", facilitator="",
        channel="", planned_by="", people=found.people,
    )  # fmt: skip
    now = quorum(found.script, empty)
    lines = [
        w.md(
            "Quorum: {needed} of the {all} people counted, and each front-office function",
            needed=now.needed, all=now.team,
        )
    ]  # fmt: skip
    if found.script.decides:
        there = any(one.arbiter for one in found.people)
        invited = w.md("The arbiter or somebody who stands in: invited")
        lines.append(invited if there else w.md("*No arbiter is named*"))
    return [*lines, w.plural_md("{n} person is invited", "{n} people are invited", len(found.people))]


def _anyway(who: Asker, found: Readiness) -> list[Json]:
    """Going ahead in spite of it: a tick, and where a guard of the plan stands before it a reason."""
    w = who.w
    anyway = elements.checkboxes(ANYWAY, [elements.option(w("I go ahead anyway"), ANYWAY)])
    because = elements.words(REASON, several_lines=True, most=500)
    why = w("The plan advises against it: say why, in ten characters or more.") if found.guards else ""
    return [
        *(blocks.alert(w.of(guard.words)) for guard in found.guards),
        blocks.field(w("Something is missing"), anyway, block_id=ANYWAY, optional=True),
        blocks.field(w("Because"), because, block_id=REASON, optional=True, hint=why),
    ]


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
