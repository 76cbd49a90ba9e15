""" "I'm away": from when until when, and who stands in; what that person gets, and to whom the rest goes."""

from collections.abc import Iterator
from typing import Any

from bot import answer, asker, forms, people
from bot.absence import clock
from bot.asker import Asker
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import N_, Wording
from flows.absence import Absence, Problem, problems
from flows.arbitration.entitled import NEUTRAL
from flows.project import Project
from storage import absence as absences
from storage.database import Connection

CALLBACK = "absence.save"
FIRST, LAST, DEPUTY = "first", "last", "deputy"
WRONG: dict[Problem, str] = {
    "past": N_("This date is past. Choose today or later."),
    "order": N_("The last day comes after the first."),
    "long": N_("Six months at most: for longer, hand over what is yours."),
    "oneself": N_("Choose somebody else: you are away."),
}


def way(w: Wording) -> Json:
    """The button of Home."""
    return elements.button(w("I’m away…"), "absence.open")


async def opened(request: Request, parts: Parts) -> Reply:
    """[I'm away…]."""
    who = await asker.asker(request, parts)

    async def build() -> Json:
        return await parts.db.read(form, who=who)

    return answer.show(request, parts, who.w, who.w("I’m away"), build)


def form(conn: Connection, *, who: Asker) -> Json:
    """The form, with what was said before."""
    w, known = who.w, _coming(conn, who)
    first = known.first if known else who.today
    last = known.last.isoformat() if known else None
    told = w("They get the reminders of what is due, and what you are to settle where they may settle it.")
    rows = [
        blocks.context(w.md("*Named.* Your deputy and your projects read who stands in for you.")),
        blocks.field(w("First day away"), elements.date(FIRST, initial=first.isoformat()), block_id=FIRST),
        blocks.field(w("Last day away"), elements.date(LAST, initial=last), block_id=LAST),
        blocks.field(
            w("Who stands in for you?"),
            elements.user(DEPUTY, initial=known.deputy or None if known else None),
            block_id=DEPUTY,
            hint=told,
            optional=True,
        ),
    ]
    if known:
        rows.append(blocks.actions(elements.button(w("I’m not away any more"), "absence.end")))
    return blocks.modal(w("I’m away"), rows, callback_id=CALLBACK, submit=w("Save"), close=w("Not now"))


async def saved(request: Request, parts: Parts) -> Reply:
    """[Save]."""
    who = await asker.asker(request, parts)
    w, user = who.w, request.user
    first = forms.day(answer.state(request, FIRST, FIRST).get("selected_date"))
    last = forms.day(answer.state(request, LAST, LAST).get("selected_date"))
    deputy = str(answer.state(request, DEPUTY, DEPUTY).get("selected_user") or "")
    if first is None or last is None:
        return _wrong({FIRST if first is None else LAST: w("Choose a day.")})
    absence = Absence(user=user, first=first, last=last, deputy=deputy)
    before: Absence | None = await parts.db.read(_coming, who=who)
    today = min(who.today, before.first) if before else who.today  # one that has begun is not in the past
    if errors := problems(absence, today):
        return _wrong({field: w(WRONG[problem]) for field, problem in errors.items()})
    if deputy and (problem := await _unfit(request, parts, who, deputy)):
        return _wrong({DEPUTY: problem})
    await parts.db.run(
        clock.said, parts=parts, workspace=request.workspace, absence=absence, now=parts.clock.now()
    )
    parts.wake()
    name = (await people.known(parts, request.workspace, deputy)).name if deputy else ""
    rows = [blocks.section(line) for line in _told(who, absence, name)]
    return Reply(ack={"response_action": "update", "view": answer.page(w, w("I’m away"), rows)})


async def ended(request: Request, parts: Parts) -> Reply:
    """[I'm not away any more]."""
    who = await asker.asker(request, parts)
    await parts.db.run(
        clock.ended, parts=parts, workspace=request.workspace, user=request.user, now=parts.clock.now()
    )
    parts.wake()
    w = who.w
    rows = [blocks.section(w("Welcome back. What is yours is with you again."))]
    return answer.refreshed(request, parts, answer.page(w, w("I’m away"), rows))


async def _unfit(request: Request, parts: Parts, who: Asker, deputy: str) -> str:
    """Why somebody cannot stand in; "": they can."""
    person, w = await people.known(parts, request.workspace, deputy), who.w
    if person.is_bot or person.deleted:
        return w("{name} cannot be asked: choose somebody else.", name=person.name)
    if not any(deputy in project.cast.everybody() for project in who.projects):
        return w("{name} is in none of your projects: choose somebody of a team.", name=person.name)
    return ""


def _told(who: Asker, absence: Absence, name: str) -> Iterator[Mrkdwn]:
    """What happens in that time, project by project, and with what is to be settled."""
    w = who.w
    yield w.md(
        "You are away from *{first}* to *{last}*. I send you nothing in that time.",
        first=w.day(absence.first), last=w.day(absence.last),
    )  # fmt: skip
    for project in who.projects:
        here = absence.deputy in project.cast.everybody()
        if here:
            said = w.md(
                "*{project}*: {name} gets the reminders of what is due with you, and may move it on.",
                project=project.name, name=name,
            )  # fmt: skip
        else:
            said = w.md(
                "*{project}*: nobody stands in. What is due waits for you; overdue, the lead hears of it.",
                project=project.name,
            )
        settling = _settling(w, project, absence, name if here else "")
        yield Mrkdwn(" ").join([said, *settling])
    yield w.md("From the day after your last day everything is yours again, by itself.")


def _settling(w: Wording, project: Project, absence: Absence, name: str) -> list[Mrkdwn]:
    """To whom goes what they are to settle; [] where they settle nothing."""
    cast = project.cast
    if absence.user not in (cast.holder("arbiter"), cast.holder("sponsor")):
        return []
    if name and absence.deputy not in {cast.holder(role) for role in NEUTRAL}:
        return [
            w.md("{name} settles what is yours to settle, unless it is a matter of their own.", name=name)
        ]
    sponsor = cast.holder("sponsor")
    other = sponsor and sponsor != absence.user
    if other:
        return [w.md("What is to be settled before you are back goes to the sponsor.")]
    return [w.md("What is to be settled before you are back goes to the management committee.")]


def lines(conn: Connection, w: Wording, *, project: Project, who: str, today: Any) -> list[Json]:
    """In Home: that one is away, and for whom one stands in."""
    mine = absences.of(conn, workspace=project.workspace, user=who)
    rows = []
    if mine is not None and mine.on(today):
        back = elements.button(w("I’m not away any more"), "absence.end")
        rows.append(blocks.section(w.md("You are away until *{day}*.", day=w.day(mine.last)), accessory=back))
    known = absences.stood_in_for(conn, workspace=project.workspace, deputy=who)
    here = [one for one in known if one.on(today) and one.user in project.cast.everybody()]
    names = people.several(conn, workspace=project.workspace, users=[one.user for one in here])
    for one in here:
        said = w.md(
            "You stand in for *{name}* until *{day}*.", name=names[one.user].name, day=w.day(one.last)
        )
        rows.append(blocks.section(said))
    return rows


def _coming(conn: Connection, who: Asker) -> Absence | None:
    """What this person has said, unless it is over."""
    found = absences.of(conn, workspace=who.actor.workspace, user=who.actor.user)
    return found if found is not None and found.last >= who.today else None


def _wrong(errors: dict[str, str]) -> Reply:
    return Reply(ack={"response_action": "errors", "errors": errors})


ACTIONS: dict[str, Any] = {"absence.open": opened, "absence.end": ended}
VIEWS: dict[str, Any] = {CALLBACK: saved}
