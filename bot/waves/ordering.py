# ruff: noqa: PLR0913 - what is opened, by whom, with which choices
"""The facilitator opens a wave: dates, threshold, split; and sees its state, without any count.

What is chosen here is fixed once the wave is open: nothing of it can be changed afterwards.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from bot import answer, asker, forms, people
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rounds import announce, guarding, plan
from bot.waves import opening
from bot.waves.opening import NotOpened, Order
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from flows import cadence
from flows.playbook.model import Wave as Content
from flows.project import Project
from flows.wave import calendar
from flows.wave.model import ENOUGH
from storage import memo, schedule
from storage import project as projects
from storage import wave as waves
from storage.database import Connection
from storage.schedule import Due
from storage.wave import Wave

CALLBACK = "wave.ordered"
OPENS_AT = time(8, 0)  # local; each person's hours decide when their invitation leaves
LONGEST = 31  # days a wave may stay open
SHORTEST = 2  # working days: the one reminder comes two working days before the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the form says. `problems` by field, for a person to correct."""

    opens: date
    closes: date
    threshold: int
    split: bool
    added: tuple[str, ...]
    problems: dict[str, str]


async def open_form(request: Request, parts: Parts) -> Reply:
    """[Open the wave] of the plan and of "Send questions": value "project:D06"."""
    project_id, _, what = answer.chosen(request).partition(":")
    return await page(request, parts, await asker.asker(request, parts, project_id=project_id or "-"), what)


async def page(
    request: Request,
    parts: Parts,
    who: Asker,
    what: str,
    *,
    day: date | None = None,
    added: Collection[str] = (),
) -> Reply:
    """The form of a wave, or its state while it is open. Also for `/cadrage dialogue D06`. `day` and
    `added`: when the plan has it, and the questions it asks with it."""
    content = parts.playbook.waves.get(what)
    if (refused := refusal(who)) or who.project is None or content is None:
        return answer.tell(request, parts, who.w, refused or who.w.of(opening.UNKNOWN))
    project = who.project
    await people.everybody(parts, request.workspace, project.cast.everybody())

    async def build() -> Json:
        return await parts.db.read(_drawn, parts=parts, who=who, content=content, day=day, added=added)

    return answer.show(request, parts, who.w, who.w.of(content.title), build)


def refusal(who: Asker) -> str:
    """Why this person cannot open a wave now; "" when they can."""
    verdict = who.may("dialogue.send")
    if isinstance(verdict, Deny):
        return who.refusal(verdict)
    missing = plan.missing_names(who.project) if who.project else ()
    return guarding.names_missing(who.w, missing) if missing else ""


async def ordered(request: Request, parts: Parts) -> Reply:
    """The form was sent: the wave opens now, or on its day."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project", "-"))
    content = parts.playbook.waves.get(held.get("what", ""))
    if (refused := refusal(who)) or who.project is None or content is None:
        return answer.tell(request, parts, who.w, refused or who.w.of(opening.UNKNOWN))
    choice = _read(request, who, content)
    if choice.problems:
        return Reply(ack={"response_action": "errors", "errors": choice.problems})
    said = await parts.db.run(
        _ordered, parts=parts, project=who.project, by=request.user, content=content, choice=choice, w=who.w
    )
    parts.wake()
    return answer.tell(request, parts, who.w, said)


def opens(conn: Connection, due: Due, now: Any, parts: Parts) -> None:
    """The day of a wave that was ordered for later. When it cannot be opened any more, whoever ordered
    it reads why in a private message."""
    project = projects.get(conn, workspace=due.workspace, id=str(due.data.get("project", "")))
    if project is None:
        return
    data, by = due.data, str(due.data.get("by", ""))
    order = Order(
        project=project, what=str(data["what"]), by=by, now=now, added=tuple(data["added"]),
        closes_on=date.fromisoformat(data["closes"]), threshold=int(data["threshold"]),
        split=bool(data["split"]),
    )  # fmt: skip
    memo.forget(conn, workspace=due.workspace, name=plan.wave_ordered(project, order.what))
    missing = plan.missing_names(project)
    found = None if missing else opening.open_wave(conn, parts=parts, order=order)
    if missing or isinstance(found, NotOpened):
        reason = found.reason if isinstance(found, NotOpened) else "names"
        announce.private(
            conn, workspace=due.workspace, user=by, what="wave_not_opened", key=due.key,
            ref={"project": project.id, "about": order.what, "reason": reason}, now=now,
        )  # fmt: skip


def _ordered(
    conn: Connection, *, parts: Parts, project: Project, by: str, content: Content, choice: Choice, w: Any
) -> str:
    now = parts.clock.now()
    order = Order(
        project=project, what=content.id, by=by, now=now, added=choice.added, closes_on=choice.closes,
        threshold=choice.threshold, split=choice.split,
    )  # fmt: skip
    zone = cadence.zone(project.zone)
    if choice.opens <= now.astimezone(zone).date():
        found = opening.open_wave(conn, parts=parts, order=order)
        if isinstance(found, NotOpened):
            return str(w.of(found.words))
        return str(
            w(
                "Open until {date}. Everybody invited gets one private message in their hours, and one "
                "reminder two working days before the end. Nobody sees a count before then.",
                date=w.day(choice.closes),
            )
        )
    data = {
        "project": project.id, "what": content.id, "by": by, "added": [*choice.added],
        "closes": choice.closes.isoformat(), "threshold": choice.threshold, "split": choice.split,
    }  # fmt: skip
    schedule.put(
        conn, workspace=project.workspace, id=f"wave_open:{project.id}:{content.id}", kind="wave_open",
        next_due=cadence.at(choice.opens, OPENS_AT, zone), zone=project.zone, data=data,
        late_limit=timedelta(days=2),
    )  # fmt: skip
    name = plan.wave_ordered(project, content.id)
    memo.put(conn, workspace=project.workspace, name=name, value=choice.opens.isoformat())
    return str(w("Opens on {date}.", date=w.day(choice.opens)))


def _drawn(
    conn: Connection,
    *,
    parts: Parts,
    who: Asker,
    content: Content,
    day: date | None = None,
    added: Collection[str] = (),
) -> Json:
    project, w = who.here, who.w
    here = {"workspace": project.workspace, "project_id": project.id}
    running = [one for one in waves.of_project(conn, **here) if one.what == content.id and one.open]
    if running:
        return answer.page(w, w.of(content.title), state(conn, who, running[0]))
    invited = opening.invited(conn, parts=parts, project=project, what=content.id)
    if len(invited) < ENOUGH:
        said = w.of(opening.TOO_SMALL.fill(n=ENOUGH))
        return answer.page(w, w.of(content.title), [blocks.section(said)])
    planned = memo.get(conn, workspace=project.workspace, name=plan.wave_ordered(project, content.id))
    return _form(who, content, len(invited), planned=planned, day=day, added=added)


def state(conn: Connection, who: Asker, wave: Wave) -> list[Json]:
    """What anybody may know of an open wave: how many are invited and until when. No count."""
    w = who.w
    expected = len(waves.invited(conn, workspace=wave.workspace, id=wave.id))
    said = [
        w.plural("{n} person expected", "{n} people expected", expected),
        w("closes on {day}", day=w.day(wave.closes_on)),
        w("no count while open, to protect people"),
    ]
    rows = [blocks.section(Mrkdwn(" · ").join([w.md("*Anonymous*"), *said]))]
    reminded = w(
        "One reminder goes to everybody invited on {day}.", day=w.day(calendar.reminds(wave.closes_on))
    )
    rows.append(blocks.context(reminded))
    if wave.threshold > ENOUGH:
        rows.append(
            blocks.context(w("Below {least} answers everything is destroyed unread.", least=wave.threshold))
        )
    return rows


def _form(
    who: Asker, content: Content, invited: int, *, planned: Any, day: date | None, added: Collection[str]
) -> Json:
    w = who.w
    day = day if day is not None and day >= who.today else calendar.sending_day(who.today)
    rows = [
        blocks.section(
            Mrkdwn(" ").join([
                bold(w.of(content.title)) + ".",
                w.plural("{n} person is invited.", "{n} people are invited.", invited),
                w("The sponsor, the facilitator and the coach are not."),
            ])
        )
    ]  # fmt: skip
    if planned:
        on = w.day(date.fromisoformat(planned))
        rows.append(blocks.section(w.md("*It opens on {day} already; sending this moves it.*", day=on)))
    rows += [
        blocks.field(
            w("Opens on"), elements.date("opens", initial=day.isoformat()), block_id="opens",
            hint=w("Waves are best sent from Tuesday to Thursday."),
        ),
        blocks.field(
            w("Last day to answer"), elements.date("closes", initial=calendar.closes(day).isoformat()),
            block_id="closes", hint=w("Announced from the start; it is never moved, except by a pause."),
        ),
        blocks.field(
            w("Answers below which nothing is read"),
            elements.number("threshold", initial=ENOUGH, least=ENOUGH, most=invited),
            block_id="threshold", hint=w("5 or more. Raise it in a group that stays the same for long."),
        ),
    ]  # fmt: skip
    split = [
        elements.option(w("By function too, where each group and all the others are at least 5"), "yes"),
        elements.option(w("For the whole group only"), "no"),
    ]
    rows.append(blocks.field(w("Results"), elements.radio("split", split, initial="yes"), block_id="split"))
    if content.added:
        known = [q.id for q in content.added.questions]
        options = [elements.option(w.of(q.short), q.id) for q in content.added.questions]
        rows.append(
            blocks.field(
                w("Ask with it"),
                elements.checkboxes("added", options, initial=[q for q in known if q in added]),
                block_id="added",
                optional=True,
            )
        )
    return blocks.modal(
        w.of(content.title),
        rows,
        callback_id=CALLBACK,
        submit=w("Open the wave"),
        close=w("Not yet"),
        metadata=forms.packed(project=who.here.id, what=content.id),
    )


def _read(request: Request, who: Asker, content: Content) -> Choice:
    w, problems = who.w, dict[str, str]()
    opens_on = forms.day(answer.state(request, "opens", "opens").get("selected_date"))
    closes_on = forms.day(answer.state(request, "closes", "closes").get("selected_date"))
    number = str(answer.state(request, "threshold", "threshold").get("value") or "")
    split = (answer.state(request, "split", "split").get("selected_option") or {}).get("value")
    ticked = answer.state(request, "added", "added").get("selected_options") or []
    added = {str(one.get("value")) for one in ticked if isinstance(one, dict)}
    if opens_on is None or opens_on < who.today:
        problems["opens"] = w("Choose today or a later day.")
    start = max(opens_on or who.today, who.today)
    first = cadence.add_working_days(start, SHORTEST)
    if closes_on is None or not first <= closes_on <= start + timedelta(days=LONGEST):
        problems["closes"] = w("Choose a day from {day} on, within a month.", day=w.day(first))
    threshold = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    if threshold < ENOUGH:
        problems["threshold"] = w("5 or more: the threshold may be raised, never lowered.")
    known = content.added.questions if content.added else ()
    return Choice(
        opens=start,
        closes=closes_on or first,
        threshold=threshold,
        split=split != "no",
        added=tuple(question.id for question in known if question.id in added),
        problems=problems,
    )


ACTIONS: dict[str, Any] = {"wave.order": open_form}
VIEWS: dict[str, Any] = {CALLBACK: ordered}
DUE = {"wave_open": opens}
