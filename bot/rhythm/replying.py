# ruff: noqa: PLR0913 - of whom, in which project, on which day
""" "You said, we did" (5.2): drafted from what was settled since a wave closed, edited and posted by the
facilitator. Without it the same check-in does not come again. Reads no answer; the words are a person's.
"""

from datetime import date, datetime
from typing import Any

from bot import answer, asker, forms, people
from bot.asker import Asker
from bot.outbound.render import Message
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.request import Json, Reply, Request
from bot.rhythm.book import Book
from bot.rounds import announce, reminding
from bot.rounds.cards import message
from bot.waves.opening import ANSWERED_FIRST, reply_owed
from bot.words import blocks, elements
from bot.words.mrkdwn import quote
from bot.words.text import Wording, words
from flows.cadence import is_working_day, working_days_between, zone
from flows.dialogue.effects import RecordKind
from flows.project import Project
from flows.register.model import Kept
from storage import life, memo, register, reply
from storage import project as projects
from storage import wave as waves
from storage.database import Connection
from storage.outbox import Row
from storage.wave import Wave

CALLBACK = "rhythm.replied"
SHORTEST, LONGEST = 20, 1500
DRAFTED = 8  # settled points in a draft
#: Working days after a result on which the facilitator is reminded; memo of the days on which that was done.
REMIND_ON = (3, 5)
REMINDED = "reply_owed:"
ISSUES: tuple[RecordKind, ...] = ("issue",)


async def pressed(request: Request, parts: Parts) -> Reply:
    """[Write "You said, we did"]: the value is the wave."""
    wave = await parts.db.read(waves.get, workspace=request.workspace, id=answer.chosen(request))
    who = await asker.asker(request, parts, project_id=wave.project_id if wave else "-")
    return await opened(request, parts, who, wave.what if wave else "")


async def opened(request: Request, parts: Parts, who: Asker, what: str) -> Reply:
    """The form, with the draft in it."""
    if isinstance(verdict := who.may("plan.change"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(_form, parts=parts, who=who, what=what)

    return answer.show(request, parts, who.w, who.w("You said, we did"), build)


async def sent(request: Request, parts: Parts) -> Reply:
    """[Post it]: in the channel, as a quotation, once for each wave."""
    held = forms.held(answer.metadata(request))
    wave = await parts.db.read(waves.get, workspace=request.workspace, id=held.get("wave", ""))
    who = await asker.asker(request, parts, project_id=wave.project_id if wave else "-")
    if isinstance(verdict := who.may("plan.change"), Deny) or wave is None:
        said = who.refusal(verdict) if isinstance(verdict, Deny) else who.w("It is answered already.")
        return answer.tell(request, parts, who.w, said)
    text = str(answer.state(request, "text", "text").get("value") or "").strip()[:LONGEST]
    if len(text) < SHORTEST:
        why = who.w("A few more words: {n} characters at least.", n=SHORTEST)
        return Reply(ack={"response_action": "errors", "errors": {"text": why}})
    fresh = await parts.db.run(_posted, parts=parts, who=who, wave=wave, text=text)
    parts.wake()
    told = (
        who.w("Posted in the channel. The next one may come.") if fresh else who.w("It is answered already.")
    )
    return answer.tell(request, parts, who.w, told)


def owing(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """In the facilitator's Home: waves whose answer is awaited."""
    rows = []
    for what in ANSWERED_FIRST if who.may("plan.change") == Allow() else ():
        id, content = reply_owed(conn, project=who.here, what=what), parts.playbook.waves.get(what)
        if id and content is not None:
            said = who.w.md(
                "*{title}* has closed. Say what is done with it: until then it does not come again.",
                title=content.title,
            )
            go = elements.button(who.w("Write it"), f"rhythm.reply:home{what}", value=id,
                                 label=who.w("Write “You said, we did”"))  # fmt: skip
            rows.append(blocks.section(said, accessory=go))
    return rows


def due(conn: Connection, *, project: Project, found: Book, now: datetime) -> None:
    """The third and the fifth working day after a result: the facilitator's grouped reminder says that an
    answer is owed, twice at most (journeys 6, row 23)."""
    here, today = {"workspace": project.workspace}, found.today
    facilitator = project.cast.holder("facilitator")
    if not facilitator or found.paused or not is_working_day(today, project.holidays):
        return
    for id in found.owed.values():
        wave, told = waves.get(conn, **here, id=id), memo.get(conn, **here, name=f"{REMINDED}{id}") or []
        since = (wave.closed_on or wave.closes_on) if wave else today
        turn = REMIND_ON[len(told)] if len(told) < len(REMIND_ON) else None
        if turn is not None and working_days_between(since, today, project.holidays) >= turn:
            memo.put(conn, **here, name=f"{REMINDED}{id}", value=[*told, today.isoformat()])
            reminding.queue(conn, project=project, user=facilitator, at=now, now=now)


def reminded(
    conn: Connection, parts: Parts, w: Wording, *, project: Project, user: str, today: date
) -> list[list[Json]]:
    """For the grouped reminder that is about to leave: what was to be said since the last working day."""
    if project.cast.holder("facilitator") != user:
        return []
    found = []
    for what in ANSWERED_FIRST:
        id, content = reply_owed(conn, project=project, what=what), parts.playbook.waves.get(what)
        told = memo.get(conn, workspace=project.workspace, name=f"{REMINDED}{id}") if id else None
        if not told or content is None:
            continue
        if working_days_between(date.fromisoformat(told[-1]), today, project.holidays) <= 1:
            said = w.md(
                "*{title}* has closed, and people still wait for what is done with it.", title=content.title
            )
            go = elements.button(w("Write it"), f"rhythm.reply:due{what}", value=id,
                                 label=w("Write “You said, we did”"))  # fmt: skip
            found.append([blocks.section(said, accessory=go)])
    return found


def post(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """In the channel: what was said and done, in the words of whoever posted it."""
    wave = waves.get(conn, workspace=row.workspace, id=str(row.ref.get("wave", "")))
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    content = parts.playbook.waves.get(wave.what) if wave else None
    if wave is None or project is None or content is None:
        return None
    by = str(row.ref.get("by", ""))
    name = people.several(conn, workspace=row.workspace, users=(by,))[by].name
    w = words(project.language)
    head = w.md("*You said, we did*: {title}, closed on {day}. {name}:", title=content.title,
                day=w.day(wave.closed_on or wave.closes_on), name=name)  # fmt: skip
    return message(
        blocks.section(head),
        blocks.section(quote(reply.text(conn, workspace=row.workspace, wave_id=wave.id))),
    )


def draft(conn: Connection, *, w: Wording, project: Project, since: date) -> str:
    """Open points settled since, one a line, with how. What is restricted is left out."""
    here = {"workspace": project.workspace, "project_id": project.id}
    kept = register.records(conn, **here, kinds=ISSUES, status=("resolved",), roles=None)
    lately = [one for one in kept if not one.restricted and _settled(conn, project, one) >= since]
    lines = []
    for one in lately[-DRAFTED:]:
        how = str(one.fields.get("resolution") or "").strip()
        lines.append(f"• {w.of(one.title)}" + (f" → {how}" if how else ""))
    return "\n".join(lines)[:LONGEST]


def _settled(conn: Connection, project: Project, one: Kept) -> date:
    """The day on which somebody settled it, where the project is."""
    here = {"workspace": project.workspace, "project_id": project.id}
    steps = [step for step in life.history(conn, **here, ref=one.ref) if step.after == "resolved"]
    moment = steps[-1].at if steps else one.created_at
    return moment.astimezone(zone(project.zone)).date()


def _form(conn: Connection, *, parts: Parts, who: Asker, what: str) -> Json:
    w, project = who.w, who.here
    id = reply.owed(conn, workspace=project.workspace, project_id=project.id, what=what)
    wave = waves.get(conn, workspace=project.workspace, id=id) if id else None
    content = parts.playbook.waves.get(what)
    if wave is None or content is None:
        return answer.page(w, w("You said, we did"), [blocks.section(w("It is answered already."))])
    since = wave.closed_on or wave.closes_on
    known = draft(conn, w=words(project.language), project=project, since=since)
    rows = [
        blocks.section(
            w.md(
                "*{title}*, closed on {day}. What did people say, and what was done, or will not be, and "
                "why? It is posted in the channel under your name.",
                title=content.title, day=w.day(since),
            )
        ),
        blocks.field(
            w("In your own words"),
            elements.words("text", initial=known or None, several_lines=True, most=LONGEST),
            block_id="text",
            hint=w("What was settled since stands there already: change it as you like. Quote nobody.")
            if known
            else w("Nothing was settled since: say what will be done, and when. Quote nobody."),
        ),
    ]  # fmt: skip
    return blocks.modal(
        w("You said, we did"), rows, callback_id=CALLBACK, submit=w("Post it"), close=w("Not now"),
        metadata=forms.packed(wave=wave.id),
    )  # fmt: skip


def _posted(conn: Connection, *, parts: Parts, who: Asker, wave: Wave, text: str) -> bool:
    project, now, by = who.here, parts.clock.now(), who.actor.user
    fresh = reply.post(conn, workspace=project.workspace, wave_id=wave.id, text=text, by=by, now=now)
    if fresh:
        ref = {"wave": wave.id, "by": by}
        announce.post(conn, project=project, what="said_done", key=wave.id, ref=ref, now=now)
        announce.home(conn, workspace=project.workspace, user=by, now=now)
    return fresh


ACTIONS: dict[str, Any] = {"rhythm.reply": pressed}
VIEWS: dict[str, Any] = {CALLBACK: sent}
MESSAGES: dict[str, Any] = {"said_done": post}
