"""The plan as people see it: week by week, each step with its day and how it stands, and "now".

For the facilitator each line has its menu. Draws; changes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot import answer
from bot.asker import Asker
from bot.dialogue.labels import roles
from bot.hub.counts import closed_words, counted, open_words
from bot.parts import Parts
from bot.policy import Allow
from bot.request import Json
from bot.rounds import agenda, plan, proposing
from bot.rounds.cards import within
from bot.words import blocks, elements
from bot.words.limits import OVERFLOW_OPTIONS
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording
from flows.project import Project
from flows.timetable import Placed, Timetable, waits_for
from storage import dialogue as dialogues
from storage import plan as kept
from storage import wave as stored
from storage.database import Connection
from storage.wave import Wave

MOST = 99  # blocks; a modal takes 100
SHOWN = 3  # guards set aside, the latest
LISTED = 8  # steps of one week in Home

Became = dialogues.Run | Wave  # what a step became once it was sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was just done to a step, in one line; `undo`: the value of the button that takes it back."""

    said: Mrkdwn
    undo: str = ""


def page(conn: Connection, *, parts: Parts, who: Asker, told: Told | None = None) -> Json:
    """The whole plan: what was just done, what is next, then week by week. Weeks that are over, with
    nothing left to do in them, are one line each."""
    w, project = who.w, who.here
    table = plan.table(conn, parts=parts, project=project, today=who.today)
    became = _became(conn, project, table)
    agendas = agenda.under(conn, who=who, parts=parts, table=table)
    now = plan.week(project, who.today)
    rows = [*_done(w, told), *_next(conn, parts, who, table), blocks.context(_intro(who))]
    for week, placed in _weeks(project, table):
        if week < now and not any(each.ahead for each in placed):
            rows.append(blocks.section(_over(w, week, len(placed))))
            continue
        rows.append(blocks.section(_heading(w, week, now)))
        rows += _lines(conn, who, parts, table, placed, became, agendas)
    aside = kept.all_set_aside(conn, workspace=project.workspace, project_id=project.id)
    rows += [blocks.context(_set_aside(w, parts, one)) for one in aside[-SHOWN:]]
    return answer.page(w, w("Plan"), rows[:MOST])


def this_week(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """For Home of those who send: what this week holds, and the way to the rest."""
    if who.may("dialogue.send") != Allow() or plan.missing_names(who.here):
        return []
    w, project = who.w, who.here
    table = plan.table(conn, parts=parts, project=project, today=who.today)
    became = _became(conn, project, table)
    agendas = agenda.under(conn, who=who, parts=parts, table=table)
    now = plan.week(project, who.today)
    here = [
        each for each in table.placed if plan.week(project, each.day) == now and each.step.what != plan.SETUP
    ]
    rows = [blocks.divider(), blocks.header(w("Plan")), blocks.section(_heading(w, now, now))]
    rows += _lines(conn, who, parts, table, here[:LISTED], became, agendas)
    return [*rows, blocks.actions(elements.button(w("The whole plan"), "plan.open:all", value=project.id))]


def _became(conn: Connection, project: Project, table: Timetable) -> dict[str, Became]:
    """What each step that was sent has become, by the key of the step."""
    here = {"workspace": project.workspace, "project_id": project.id}
    runs = {run.id: run for run in dialogues.runs(conn, **here)}
    found: dict[str, Became] = {
        key: runs[step.sent_as] for key, step in kept.steps(conn, **here).items() if step.sent_as in runs
    }
    waves = {one.what: one for one in stored.of_project(conn, **here)}
    for each in table.placed:
        if each.step.wave and each.step.what in waves:
            found[each.step.key] = waves[each.step.what]
    return found


def named(w: Wording, placed: Placed, parts: Parts) -> Mrkdwn:
    """ "D04 Processes", "D02 Goals, second part"; a wave by its title alone."""
    return bold(_short(w, placed, parts))


def _weeks(project: Project, table: Timetable) -> Iterable[tuple[int, list[Placed]]]:
    weeks: dict[int, list[Placed]] = {}
    for each in table.placed:
        weeks.setdefault(plan.week(project, each.day), []).append(each)
    return weeks.items()


def _done(w: Wording, told: Told | None) -> list[Json]:
    if told is None:
        return []
    back = elements.button(w("Undo"), "plan.undo", value=told.undo) if told.undo else None
    return [blocks.section(told.said, accessory=back), blocks.divider()]


def _next(conn: Connection, parts: Parts, who: Asker, table: Timetable) -> list[Json]:
    """For whoever may change the plan: what it proposes now, as Home does, with the button that does it."""
    w, project = who.w, who.here
    if who.may("plan.change") != Allow():
        return []
    found = proposing.ahead(conn, parts=parts, project=project, user=who.actor.user, today=who.today)
    for one in [each for each in found.steps if each.action != proposing.PREPARE][:1]:
        values = {k: w.day(v) if isinstance(v, date) else v for k, v in one.values.items()}
        go = elements.button(w(one.button), f"{one.action}:next", value=one.value, style="primary")
        return [blocks.section(w.md("*Next.* {said}", said=w.md(one.said, **values)), accessory=go)]
    held = next((each for each in table.placed if each.standing == "due" and each.step.workshop), None)
    if held is not None:
        said = w.md(
            "*Next.* The day of {what} has come. Held elsewhere? Say so in its menu.",
            what=named(w, held, parts),
        )
        go = elements.button(
            w("Prepare…"), f"{proposing.PREPARE}:next", value=f"{project.id}:{held.step.what}",
            style="primary",
        )  # fmt: skip
        return [blocks.section(said, accessory=go)]
    planned = next((each for each in table.placed if each.standing == "planned"), None)
    if planned is None:
        return []
    said = w.md(
        "*Next.* {what}, {day}. Nothing to do before then.",
        what=named(w, planned, parts),
        day=w.day(planned.day),
    )
    return [blocks.section(said)]


def _intro(who: Asker) -> str:
    if who.may("plan.change") == Allow():
        return who.w(
            "Nothing leaves without you, check-ins apart: they open by themselves. The menu of each line "
            "sends it, moves it or sets it aside; the dates are those of the project."
        )
    return who.w("The dates are those of the project. The facilitator may move them.")


def _heading(w: Wording, week: int, now: int) -> Mrkdwn:
    return w.md("*Week {n} (now)*", n=week) if week == now else w.md("*Week {n}*", n=week)


def _over(w: Wording, week: int, n: int) -> Mrkdwn:
    return w.plural_md("*Week {week}*: {n} step, done.", "*Week {week}*: {n} steps, done.", n, week=week)


def _lines(  # noqa: PLR0913, PLR0917 - as of one line
    conn: Connection,
    who: Asker,
    parts: Parts,
    table: Timetable,
    placed: Iterable[Placed],
    became: Mapping[str, Became],
    agendas: Mapping[str, Json],
) -> Iterable[Json]:
    """Each step, and under a workshop what people want to agree on in it."""
    for each in _as_sent(placed, became, parts):
        yield _line(conn, who, parts, table, each, became)
        if each.step.key in agendas:
            yield agendas[each.step.key]


def _as_sent(placed: Iterable[Placed], became: Mapping[str, Became], parts: Parts) -> Iterable[Placed]:
    """Steps that were sent as one are one line: the plan spreads them over days, the message did not."""
    found: dict[object, Placed] = {}
    for each in placed:
        dialogue = each.standing == "sent" and each.step.lines and not each.step.wave
        run = became.get(each.step.key)
        key = (plan.piece_of(each.step, parts.playbook), run.id if run else "") if dialogue else each.step.key
        first = found.setdefault(key, each)
        if first is not each:
            found[key] = replace(first, step=replace(first.step, lines=first.step.lines + each.step.lines))
    return found.values()


def _line(  # noqa: PLR0913, PLR0917 - a step, where it stands, and who reads
    conn: Connection, who: Asker, parts: Parts, table: Timetable, placed: Placed, became: Mapping[str, Became]
) -> Json:
    """One step: what, when, for whom, how it stands; with its menu for those who may."""
    w = who.w
    said: list[str] = [w.day(placed.day)]
    if placed.step.wave:
        said.append(w("anonymous"))
    if placed.step.to:
        to = placed.step.to
        said.append(
            roles(w, [role for role in to if not within(role, [each for each in to if each != role])])
        )
    if placed.ahead and placed.step.items:
        said.append(w.plural("{n} question", "{n} questions", len(placed.step.items)))
    match placed.standing:
        case "sent":
            said.append(_sent(conn, w, parts, placed, became.get(placed.step.key)))
        case "skipped":
            said.append(w("Set aside"))
        case "blocked":
            said.append(w("Cannot start yet: {why}", why=_why(w, parts, table, placed)))
        case "due":
            said.append(bold(w("its day has come")))
        case "planned":
            said.append(w("moved") if placed.moved else w("planned"))
            said += [w("opens by itself")] if plan.by_itself(placed.step, parts.playbook) else []
    if placed.reason:
        said.append(w("because: {reason}", reason=placed.reason))
    line = Mrkdwn("\n").join([named(w, placed, parts), Mrkdwn(" · ").join(said)])
    return blocks.section(line, accessory=_menu(who, placed, parts))


def _why(w: Wording, parts: Parts, table: Timetable, placed: Placed) -> str:
    """What it waits for in the plan; the whole sentence where nothing in the plan gives it any more."""
    before = waits_for(table, placed)
    if not before or placed.day <= table.today:
        return w.listed([w.of(guard.words) for guard in placed.guards])
    names = [_short(w, each, parts) for each in before]
    return w("after {what}", what=w.listed(names))


def _short(w: Wording, placed: Placed, parts: Parts) -> str:
    step, title = placed.step, w.of(plan.title_of(placed.step, parts.playbook))
    if step.wave:
        return title
    if step.lines and plan.piece_of(step, parts.playbook).part:
        title = w("{title}, second part", title=title)
    return f"{step.what} {title}"


def _sent(conn: Connection, w: Wording, parts: Parts, placed: Placed, run: Became | None) -> str:
    """A dialogue tells how many have answered, a wave until when it is open and nothing else."""
    if placed.step.wave and run is None:
        return w("opens by itself")
    if isinstance(run, Wave):
        return w("closes on {day}", day=w.day(run.closes_on)) if run.open else w("Closed")
    flow = parts.playbook.flows.get(run.flow) if run else None
    if run is None or flow is None:
        return w("held") if placed.step.workshop is not None else w("sent")
    count = counted(conn, run)
    return open_words(w, flow, run, count) if run.status == "open" else closed_words(w, run, count)


def _menu(who: Asker, placed: Placed, parts: Parts) -> Json | None:
    """What one can do with a step now."""
    w, step = who.w, placed.step
    value = f"{who.here.id}:{step.key}"
    choices = []
    if who.may("workshop.run") == Allow() and step.workshop is not None and placed.ahead:
        choices.append(elements.option(w("Prepare…"), f"prepare:{value}"))
    questions = step.lines or plan.workshop_pieces(step, parts.playbook)
    if who.may("dialogue.send") == Allow() and step.what != plan.SETUP and questions and placed.ahead:
        words = w("Send it…") if step.lines else w("Open its form…")
        choices.append(elements.option(words, f"send:{value}"))
    if who.may("plan.change") == Allow() and step.what != plan.SETUP:
        if placed.ahead and step.workshop is not None:
            choices.append(elements.option(w("It was held"), f"held:{value}"))
        if placed.ahead:
            choices.append(elements.option(w("Move…"), f"move:{value}"))
        if placed.standing == "skipped" or (placed.ahead and placed.moved):
            choices.append(elements.option(w("As it was in the plan"), f"back:{value}"))
        if placed.ahead and len(choices) < OVERFLOW_OPTIONS:
            choices.append(elements.option(w("Set aside…"), f"skip:{value}"))
        if placed.standing == "sent" and step.workshop is not None:
            choices.append(elements.option(w("It was not held yet"), f"back:{value}"))
    return elements.overflow(f"plan.menu:{step.key}", choices) if choices else None


def _set_aside(w: Wording, parts: Parts, one: kept.SetAside) -> Mrkdwn:
    """A guard somebody set aside stays to be read."""
    guard = next((each for each in parts.playbook.plan.guards if each.id == one.guard), None)
    return w.md(
        "{what} went ahead although: {guard} Because: {reason}",
        what=one.about,
        guard=guard.words if guard else one.guard,
        reason=one.reason,
    )
