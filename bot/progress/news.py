"""News of the project: drafted for its lead on the days of 5.2, posted in the channel once they have edited.

The draft is a private card of the lead's, at ten, and stands in Home, until it is posted or skipped, or a day
has gone. It reminds of nothing else. Nothing is ever posted by itself.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from bot import answer, asker, forms, people
from bot.asker import Asker
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.policy import Deny
from bot.progress.drafting import draft
from bot.request import Json, Reply, Request
from bot.rhythm.book import dates_of
from bot.rounds import announce, sending
from bot.rounds.cards import message, shown
from bot.wins.queueing import silent
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, quote
from bot.words.text import N_, Wording, words
from flows.cadence import at, zone
from flows.fatigue import monday
from flows.news import due
from flows.project import Project
from flows.rhythm.phases import stretches
from storage import news, outbox
from storage import project as projects
from storage.database import Connection
from storage.news import News
from storage.outbox import Row

WHAT, CARD, CALLBACK = "news", "news_draft", "news.post"
EDIT, SKIP = "news.edit", "news.skip"
SHORTEST, LONGEST = 20, 1500  # characters
TEN = time(10)
SETTLED = {
    "posted": N_("The news are posted in the channel. Thank you."),
    "skipped": N_("No news are posted this time."),
}
LATE = timedelta(days=1)  # after which a draft is old (journeys 6, row 28)


def morning(conn: Connection, *, parts: Parts, project: Project, now: datetime) -> None:
    """A draft where one is due and there is something to say; the lead gets it at ten."""
    today = now.astimezone(zone(project.zone)).date()
    here = {"workspace": project.workspace, "project_id": project.id}
    lead = _lead(project)
    if not lead or silent(conn, project=project, now=now):
        return
    stretch = stretches(dates_of(conn, project=project), today)
    this_week = len(news.since(conn, **here, day=monday(today)))
    if (
        not stretch
        or not due(stretch[-1], today, this_week)
        or not draft(conn, parts, project=project, on=today)
    ):
        return
    if news.draft(conn, **here, day=today, now=now):
        _card(conn, project, lead, today, now)
        announce.home(conn, workspace=project.workspace, user=lead, now=now)


def lines(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """In the lead's Home: the draft that waits."""
    project = who.here
    if who.actor.user != _lead(project):
        return []
    today = parts.clock.now().astimezone(zone(project.zone)).date()
    found = news.since(conn, workspace=project.workspace, project_id=project.id, day=today - LATE)
    waits = [one for one in found[-1:] if one.state == "drafted"]
    return [row for one in waits for row in _row(conn, parts, who.w, project, one.day)]


def card(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """The lead's card: the draft while it waits, then what became of it. Not outside their hours, and not
    once it is old."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    day, user = forms.day(row.ref.get("day")), str(row.ref.get("user", ""))
    if project is None or day is None or user != _lead(project):
        return None
    found = news.get(conn, workspace=row.workspace, project_id=project.id, day=day)
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    now, w = parts.clock.now(), words(people.language(person, project))
    if found is None or found.state != "drafted":
        return message(blocks.section(w(SETTLED[found.state]))) if found and row.remote_id else None
    if now.astimezone(zone(project.zone)).date() - day > LATE:
        return None
    return sending.not_now(person, project, now) or message(*_row(conn, parts, w, project, day))


async def edited(request: Request, parts: Parts) -> Reply:
    """[Edit and post]: the form, with the draft in it."""
    who, found = await _theirs(request, parts, answer.chosen(request))
    if found is None:
        return answer.tell(request, parts, who.w, who.w("There is nothing left to post of it."))
    day = found.day

    async def build() -> Json:
        text = await parts.db.read(draft, parts=parts, project=who.here, on=day)
        return _form(who, day, text)

    return answer.show(request, parts, who.w, who.w("News of the project"), build)


async def sent(request: Request, parts: Parts) -> Reply:
    """[Post it]: in the channel, once."""
    held = forms.held(answer.metadata(request))
    who, found = await _theirs(request, parts, f"{held.get('project', '')}:{held.get('day', '')}")
    w = who.w
    if found is None:
        return answer.tell(request, parts, w, w("There is nothing left to post of it."))
    text = str(answer.state(request, "text", "text").get("value") or "").strip()[:LONGEST]
    if len(text) < SHORTEST:
        why = w("A few more words: {n} characters at least.", n=SHORTEST)
        return Reply(ack={"response_action": "errors", "errors": {"text": why}})
    done = await parts.db.run(_settled, parts=parts, who=who, day=found.day, text=text)
    parts.wake()
    told = w("Posted in the channel, under your name.") if done else w("There is nothing left to post of it.")
    return answer.tell(request, parts, w, told)


async def skipped(request: Request, parts: Parts) -> Reply:
    """[Skip]."""
    who, found = await _theirs(request, parts, answer.chosen(request))
    if found is not None:
        await parts.db.run(_settled, parts=parts, who=who, day=found.day, text="")
        parts.wake()
    return answer.tell(
        request, parts, who.w, who.w("Nothing is posted this time. The next draft comes by itself.")
    )


def render(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The post: the words of whoever posted it."""
    found = shown(conn, row)
    day = forms.day(row.ref.get("day"))
    if found is None or day is None:
        return None
    here = {"workspace": row.workspace, "project_id": found.project.id}
    kept = news.get(conn, **here, day=day)
    if kept is None or not kept.text:
        return None
    w, name = found.w, asker.named(conn, project=found.project, also=[kept.by]).get(kept.by, kept.by)
    return message(
        blocks.section(w.md("*News of the project*, from {name}:", name=name)),
        blocks.section(quote(kept.text)),
        blocks.context(w.md("A question? Ask it in the thread.")),
    )


def _row(conn: Connection, parts: Parts, w: Wording, project: Project, day: date) -> list[Json]:
    value = f"{project.id}:{day.isoformat()}"
    head = w.md("*News for the channel*: a draft is ready. Nothing is posted unless you do.")
    said = Mrkdwn("\n").join([head, quote(draft(conn, parts, project=project, on=day))])
    edit = elements.button(w("Edit and post"), f"{EDIT}:{day.isoformat()}", value=value)
    return [
        blocks.section(said),
        blocks.actions(edit, elements.button(w.p("news", "Skip"), f"{SKIP}:{day}", value=value)),
    ]


def _form(who: Asker, day: date, text: str) -> Json:
    w = who.w
    rows = [
        blocks.section(
            w("What stands there has moved since the last news. Change it, shorten it, add to it.")
        ),
        blocks.field(
            w("In your own words"),
            elements.words("text", initial=text or None, several_lines=True, most=LONGEST),
            block_id="text",
            hint=w("Posted in the channel, under your name. Name nobody who would not want it."),
        ),
    ]
    return blocks.modal(
        w("News of the project"), rows, callback_id=CALLBACK, submit=w("Post it"), close=w("Not now"),
        metadata=forms.packed(project=who.here.id, day=day.isoformat()),
    )  # fmt: skip


async def _theirs(request: Request, parts: Parts, value: str) -> tuple[Asker, News | None]:
    """Who asks, and the draft while it waits and is theirs to post."""
    id, _, said = value.partition(":")
    who = await asker.asker(request, parts, project_id=id or "-")
    day = forms.day(said)
    if isinstance(who.may("project.change"), Deny) or who.project is None or day is None:
        return who, None
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    found = await parts.db.read(news.get, **here, day=day)
    return who, found if found is not None and found.state == "drafted" else None


def _settled(conn: Connection, *, parts: Parts, who: Asker, day: date, text: str) -> bool:
    project, now, by = who.here, parts.clock.now(), who.actor.user
    state = "posted" if text else "skipped"
    found = News(project_id=project.id, day=day, state=state, text=text, by=by, at=now)  # type: ignore[arg-type]
    if not news.settle(conn, workspace=project.workspace, found=found):
        return False
    if text:
        key, ref = f"{project.id}:{day.isoformat()}", {"day": day.isoformat()}
        announce.post(conn, project=project, what=WHAT, key=key, ref=ref, now=now)
    if lead := _lead(project):
        _card(conn, project, lead, day, now)
    announce.homes(conn, project=project, users=(by,), now=now)
    return True


def _card(conn: Connection, project: Project, lead: str, day: date, now: datetime) -> None:
    """Posted at ten where the project is; later changed in place."""
    object_id = f"{project.id}:{day.isoformat()}"
    ref = {"what": CARD, "project": project.id, "user": lead, "day": day.isoformat(), "object": object_id}
    outbox.queue(
        conn, workspace=project.workspace, key=f"{CARD}:{object_id}", lane=f"news:{object_id}"[:64],
        op="card", ref=ref, now=now, not_before=max(at(day, TEN, zone(project.zone)), now), coalesce=True,
    )  # fmt: skip


def _lead(project: Project) -> str:
    return project.cast.holder("lead") or project.cast.holder("facilitator") or ""


ACTIONS: dict[str, Any] = {EDIT: edited, SKIP: skipped}
VIEWS: dict[str, Any] = {CALLBACK: sent}
MESSAGES = {WHAT: render, CARD: card}
