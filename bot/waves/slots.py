# ruff: noqa: PLR0913 - after which wave, by whom, when and where: all of it is kept at once
"""Two heavy waves running: the coach is asked for two open moments for the whole group (5.4).

The coach says when and where; the channel reads it, facilitator and sponsor read the theme. No figure, no
booking, no list; nothing tells who comes.
"""

from datetime import datetime, time
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.waves.slot_words import ASKED, POSTED, TOLD
from bot.words import blocks, elements
from flows.project import Project
from flows.wave import escalation
from flows.wave.escalation import FOLLOWS
from storage import coach_slots
from storage import wave as waves
from storage.coach_slots import Moment, Slots
from storage.database import Connection
from storage.wave import Wave

CALLBACK = "slots.say"
TWO = ("1", "2")
PLACE = 150  # characters


def weighed(conn: Connection, *, parts: Parts, project: Project, wave: Wave, now: datetime) -> None:
    """A wave has closed: where it and the one before it weigh, the coach is asked, once. Without a coach
    nothing is asked of anybody (R37 says that one is missing)."""
    coach, before = project.cast.holder("coach"), _before(conn, project, wave)
    if not coach or wave.outcome != "kept" or before is None:
        return
    kept = waves.results(conn, workspace=wave.workspace, ids=(before.id, wave.id))
    steps = {one.id: parts.playbook.waves[one.what].steps for one in (before, wave)}
    then, lately = (escalation.weighs(one.what, kept[one.id], steps[one.id]) for one in (before, wave))
    theme = escalation.theme(lately, then)
    if theme and coach_slots.want(conn, workspace=wave.workspace, wave_id=wave.id, theme=theme):
        announce.private(
            conn, workspace=wave.workspace, user=coach, what=ASKED, key=wave.id,
            ref={"project": project.id, "wave": wave.id}, now=now, at=now,
        )  # fmt: skip
        announce.home(conn, workspace=wave.workspace, user=coach, now=now)


def _before(conn: Connection, project: Project, wave: Wave) -> Wave | None:
    """The wave before it of the same kind and the same people, if its answers could be read."""
    every = waves.of_project(conn, workspace=project.workspace, project_id=project.id)
    alike = [
        one
        for one in every
        if one.what in FOLLOWS.get(wave.what, ()) and bool(one.lots) == bool(wave.lots) and one.id != wave.id
    ]
    earlier = [one for one in alike if not one.open and one.opened_on <= wave.opened_on]
    return earlier[-1] if earlier and earlier[-1].outcome == "kept" else None


async def opened(request: Request, parts: Parts) -> Reply:
    """[Offer two moments]: the coach's form."""
    who, slots = await _mine(request, parts, answer.chosen(request))
    if slots is None or slots.moments:
        return answer.tell(request, parts, who.w, _no(who, slots))

    async def build() -> Json:
        return _form(who, slots)

    return answer.show(request, parts, who.w, who.w("Two open moments"), build)


async def said(request: Request, parts: Parts) -> Reply:
    """The two moments, checked; then the channel reads them."""
    who, slots = await _mine(request, parts, forms.held(answer.metadata(request)).get("wave", ""))
    if slots is None or slots.moments:
        return answer.tell(request, parts, who.w, _no(who, slots))
    moments, errors = _read(request, who)
    if errors:
        return Reply(ack={"response_action": "errors", "errors": errors})
    place = str(answer.state(request, "place", "place").get("value") or "").strip()[:PLACE]
    await parts.db.run(_kept, parts=parts, who=who, slots=slots, moments=moments, place=place)
    parts.wake()
    told = who.w("Thank you. The channel reads it; facilitator and sponsor read the theme, and no figure.")
    return answer.tell(request, parts, who.w, told)


def _form(who: Asker, slots: Slots) -> Json:
    w = who.w
    rows = [blocks.context(w("The channel reads when and where. Nobody notes who comes."))]
    for n in TWO:
        rows += [
            blocks.field(w("Day of moment {n}", n=n), elements.date("day"), block_id=f"day{n}"),
            blocks.field(w("From"), elements.hour("start", initial="12:00"), block_id=f"start{n}"),
            blocks.field(w("To"), elements.hour("end", initial="14:00"), block_id=f"end{n}"),
        ]
    rows.append(
        blocks.field(w("Where"), elements.words("place", most=PLACE), block_id="place", optional=True)
    )  # fmt: skip
    return blocks.modal(
        w("Two open moments"), rows, callback_id=CALLBACK, submit=w("Post it"), close=w("Not now"),
        metadata=forms.packed(wave=slots.wave_id),
    )  # fmt: skip


def _read(request: Request, who: Asker) -> tuple[list[Moment], dict[str, str]]:
    moments: list[Moment] = []
    errors: dict[str, str] = {}
    for n in TWO:
        day = forms.day(answer.state(request, f"day{n}", "day").get("selected_date"))
        start, end = _hour(request, f"start{n}", "start"), _hour(request, f"end{n}", "end")
        if day is None or day < who.today:
            errors[f"day{n}"] = who.w("Choose today or a later day.")
        elif start is None or end is None or end <= start:
            errors[f"end{n}"] = who.w("The end comes after the beginning.")
        else:
            moments.append(Moment(day=day, start=start, end=end))
    return sorted(moments, key=lambda one: (one.day, one.start)), errors


def _hour(request: Request, block: str, action: str) -> time | None:
    raw = answer.state(request, block, action).get("selected_time")
    try:
        return time.fromisoformat(raw) if isinstance(raw, str) else None
    except ValueError:
        return None


async def _mine(request: Request, parts: Parts, wave_id: str) -> tuple[Asker, Slots | None]:
    """What was asked after this wave, for the coach of its project and for nobody else."""
    wave = await parts.db.read(waves.get, workspace=request.workspace, id=wave_id)
    who = await asker.asker(request, parts, project_id=wave.project_id if wave else "-")
    if wave is None or who.project is None or who.project.cast.holder("coach") != request.user:
        return who, None
    return who, await parts.db.read(coach_slots.get, workspace=request.workspace, wave_id=wave.id)


def _no(who: Asker, slots: Slots | None) -> str:
    return (
        who.w("I find nothing there for you.")
        if slots is None
        else who.w("These moments are posted already.")
    )


def _kept(
    conn: Connection, *, parts: Parts, who: Asker, slots: Slots, moments: list[Moment], place: str
) -> None:
    project, now = who.here, parts.clock.now()
    fresh = coach_slots.say(
        conn, workspace=project.workspace, wave_id=slots.wave_id, moments=moments, place=place
    )  # fmt: skip
    if not fresh:
        return
    ref = {"project": project.id, "wave": slots.wave_id}
    announce.post(conn, project=project, what=POSTED, key=slots.wave_id, ref=ref, now=now, in_hours=True)
    leaders = (project.cast.holder("facilitator"), project.cast.holder("sponsor"))
    for user in dict.fromkeys(user for user in leaders if user):
        announce.private(
            conn, workspace=project.workspace, user=user, what=TOLD, key=slots.wave_id, ref=ref, now=now
        )  # fmt: skip
    everybody = (*project.cast.everybody(), *project.cast.people("users"))
    announce.homes(conn, project=project, users=everybody, now=now)


ACTIONS: dict[str, Any] = {"slots.open": opened}
VIEWS: dict[str, Any] = {CALLBACK: said}
