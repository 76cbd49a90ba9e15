# ruff: noqa: PLR0913 - which occasion, of which project, becomes what, by whom
"""What the facilitator changes in the calendar: one occasion moved or skipped, the dates of the project.

Each is read and checked again at the moment it is asked for.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Action, Deny
from bot.request import Json, Reply, Request
from bot.rhythm import beginning, pages, replying, tick
from bot.rhythm.book import LOTS, book
from bot.rounds import announce
from bot.words import blocks, elements
from flows.cadence import is_working_day
from flows.fatigue import MIDWEEK
from flows.rhythm.calendar import Occasion
from storage import plan as kept
from storage import project as projects
from storage import recurring, register, rhythm
from storage.database import Connection

MOVE, DATES = "rhythm.moved", "rhythm.dated"
PLANNED = ".plan."  # in the key of what stands in the plan too
NAMED = ("signed", "contract")
MOST_LOTS = 20  # lots in one form


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage calendar`."""
    return _page(request, parts, await asker.asker(request, parts))


async def open_page(request: Request, parts: Parts) -> Reply:
    """[Calendar]."""
    return _page(request, parts, await asker.asker(request, parts, project_id=answer.chosen(request) or "-"))


async def why(request: Request, parts: Parts) -> Reply:
    """[Why do I get this?]."""
    project_id, _, what = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if refused := _refused(who, "team.read"):
        return answer.tell(request, parts, who.w, refused)

    async def build() -> Json:
        rows = await parts.db.read(pages.why, parts=parts, who=who, what=what)
        return answer.page(who.w, who.w("Why do I get this?"), rows)

    return answer.show(request, parts, who.w, who.w("Why do I get this?"), build)


async def menu(request: Request, parts: Parts) -> Reply:
    """The "⋯" of an occasion: "skip:{project}:{key}" and the like."""
    what, _, rest = answer.chosen(request).partition(":")
    who, one, refused = await _mine(request, parts, rest)
    if one is None:
        return answer.tell(request, parts, who.w, refused)
    if what == "reply":
        return await replying.opened(request, parts, who, one.what)
    if what == "move":

        async def build() -> Json:
            return _move_form(who, one)

        return answer.show(request, parts, who.w, who.w("Move"), build)
    return await _change(request, parts, who, one, state="skipped" if what == "skip" else "", day=None)


async def moved(request: Request, parts: Parts) -> Reply:
    """The day is chosen: one to come, on which it may be sent."""
    held = forms.held(answer.metadata(request))
    who, one, refused = await _mine(request, parts, held.get("occasion", ""))
    if one is None:
        return answer.tell(request, parts, who.w, refused)
    day = forms.day(answer.state(request, "day", "day").get("selected_date"))
    if why := _why_not(who, one, day):
        return Reply(ack={"response_action": "errors", "errors": {"day": why}})
    return await _change(request, parts, who, one, state="moved", day=day)


async def dates(request: Request, parts: Parts) -> Reply:
    """[Dates of the project]: what the phases hang on, and nothing else tells."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if refused := _refused(who, "plan.change"):
        return answer.tell(request, parts, who.w, refused)

    async def build() -> Json:
        return await parts.db.read(_dates_form, who=who)

    return answer.show(request, parts, who.w, who.w("Dates of the project"), build)


async def dated(request: Request, parts: Parts) -> Reply:
    """The dates are sent: each is kept, and the phase follows at once."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if refused := _refused(who, "plan.change"):
        return answer.tell(request, parts, who.w, refused)
    view = await parts.db.run(_dated, parts=parts, who=who, request=request)
    parts.wake()
    return answer.refreshed(request, parts, view)


def _page(request: Request, parts: Parts, who: Asker) -> Reply:
    if refused := _refused(who, "project.read"):
        return answer.tell(request, parts, who.w, refused)

    async def build() -> Json:
        return await parts.db.read(_drawn, parts=parts, who=who)

    return answer.show(request, parts, who.w, who.w("Calendar"), build)


def _drawn(conn: Connection, *, parts: Parts, who: Asker) -> Json:
    return answer.page(who.w, who.w("Calendar"), pages.calendar(conn, parts=parts, who=who))


def _refused(who: Asker, action: Action) -> str:
    verdict = who.may(action)
    return who.refusal(verdict) if isinstance(verdict, Deny) else ""


async def _mine(request: Request, parts: Parts, value: str) -> tuple[Asker, Occasion | None, str]:
    """The occasion that "{project}:{key}" names, for those who may change the calendar."""
    project_id, _, key = value.partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if refused := _refused(who, "plan.change"):
        return who, None, refused
    found = await parts.db.read(book, parts=parts, project=who.here, today=who.today)
    one = next((one for one in (*found.ahead, *found.skipped) if one.key == key), None)
    return who, one, "" if one else who.w("This is no longer in the calendar.")


def _why_not(who: Asker, one: Occasion, day: date | None) -> str:
    """Why it cannot go to this day; "" when it can."""
    w = who.w
    if day is None or day < who.today:
        return w("Choose today or a later day.")
    if one.midweek and day.weekday() not in MIDWEEK:
        return w("This one is sent from Tuesday to Thursday.")
    return "" if is_working_day(day, who.here.holidays) else w("Choose a working day.")


def _move_form(who: Asker, one: Occasion) -> Json:
    w = who.w
    hint = w("From Tuesday to Thursday.") if one.midweek else ""
    rows = [
        blocks.field(w("To which day?"), elements.date("day", initial=one.day.isoformat()), block_id="day",
                     hint=hint)
    ]  # fmt: skip
    return blocks.modal(
        w("Move"), rows, callback_id=MOVE, submit=w("Move"), close=w("Not now"),
        metadata=forms.packed(occasion=f"{who.here.id}:{one.key}"),
    )  # fmt: skip


async def _change(
    request: Request, parts: Parts, who: Asker, one: Occasion, *, state: str, day: date | None
) -> Reply:
    view = await parts.db.run(_changed, parts=parts, who=who, one=one, state=state, day=day)
    parts.wake()
    return answer.refreshed(request, parts, view)


def _changed(
    conn: Connection, *, parts: Parts, who: Asker, one: Occasion, state: str, day: date | None
) -> Json:
    """`state` "": as it was in the calendar. What stands in the plan is changed there: it has one place."""
    project, now = who.here, parts.clock.now()
    here = {"workspace": project.workspace, "project_id": project.id}
    if one.wave and PLANNED in one.key:
        what, _, at = one.key.partition(PLANNED)
        line = f"{at}.{what}"
        if state:
            change = "skipped" if state == "skipped" else "planned"
            kept.set_step(conn, **here, line=line, state=change, moved_to=day, by=who.actor.user, now=now)  # type: ignore[arg-type]
        else:
            kept.put_back(conn, **here, line=line)
    elif state:
        rhythm.note(conn, **here, key=one.key, state=state, day=day, by=who.actor.user, now=now)
    else:
        rhythm.put_back(conn, **here, key=one.key)
    announce.home(conn, workspace=project.workspace, user=who.actor.user, now=now)
    return _drawn(conn, parts=parts, who=who)


def _dates_form(conn: Connection, *, who: Asker) -> Json:
    w, project = who.w, who.here
    here = {"workspace": project.workspace, "project_id": project.id}
    given = rhythm.milestones(conn, **here)
    asked = [("signed", w("The scoping note was signed on")), ("contract", w("Contract or start order on"))]
    lots = [
        one for one in register.records(conn, **here, kinds=LOTS, roles=None) if one.status != "withdrawn"
    ]
    asked += [
        (one.ref, w("Go-live of {lot}", lot=f"{one.ref} {w.of(one.title)}")) for one in lots[:MOST_LOTS]
    ]
    hints = {
        one.ref: w("Planned for {day}. Give the real day, or the one that is firm now.", day=w.day(one.due))
        for one in lots
        if one.due
    }
    rows = [
        blocks.context(
            w("The phases and the calendar follow from these days. Leave empty what has not come.")
        )
    ]
    for name, label in asked:
        initial = given[name].isoformat() if name in given else None
        rows.append(
            blocks.field(
                label, elements.date("day", initial=initial), block_id=f"d:{name}", optional=True,
                hint=hints.get(name, ""),
            )
        )  # fmt: skip
    return blocks.modal(
        w("Dates of the project"), rows, callback_id=DATES, submit=w("Save"), close=w("Not now"),
        metadata=forms.packed(project=project.id),
    )  # fmt: skip


def _dated(conn: Connection, *, parts: Parts, who: Asker, request: Request) -> Json:
    project, now = who.here, parts.clock.now()
    here = {"workspace": project.workspace, "project_id": project.id}
    projects.lock(conn, workspace=project.workspace, id=project.id)
    lots = register.records(conn, **here, kinds=LOTS, roles=None)
    for name in (*NAMED, *(one.ref for one in lots[:MOST_LOTS])):
        day = forms.day(answer.state(request, f"d:{name}", "day").get("selected_date"))
        rhythm.set_milestone(conn, **here, name=name, day=day, by=who.actor.user, now=now)
    recurring.plan(conn, beginning.EVERY_DAY, **here, zone=project.zone, now=now)
    found = book(conn, parts=parts, project=project, today=who.today)
    tick.turned(conn, project=project, found=found, now=now)
    return _drawn(conn, parts=parts, who=replace(who, project=projects.get(conn, **_only(here))))


def _only(here: dict[str, str]) -> dict[str, str]:
    return {"workspace": here["workspace"], "id": here["project_id"]}


ACTIONS: dict[str, Any] = {
    "calendar.open": open_page,
    "rhythm.why": why,
    "rhythm.menu": menu,
    "rhythm.dates": dates,
}
VIEWS: dict[str, Any] = {MOVE: moved, DATES: dated}
