"""A decision whose review date has come: still right until the next one, re-opened, or replaced.

Whoever took it is asked in their one grouped reminder and in Home (bot/upkeep); its page has the same ways.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.hub import record as record_of
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Allow, Deny
from bot.register import form, queueing
from bot.register.fields import Field
from bot.register.ways import NAMES, may
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import N_, Wording
from flows.project import Project
from flows.register.model import Kept
from flows.register.moves import Refused
from flows.register.reviewing import MOVE, next_review, review_day, reviewed
from flows.register.shown import fields, state
from flows.upkeep import owner_of
from flows.words import Words
from storage import inbox, life, register
from storage.database import Connection

CALLBACK = "record.review"
TITLE = N_("Look at it again")
STILL = N_("Still right")
ASKED = (
    Field(key="review_date", label=N_("Look at it again on"), input="day",
          hint=N_("Empty: it need not be looked at again.")),
    Field(key="word", label=N_("What makes it still right?"),
          input="text"),
)  # fmt: skip
#: What the form says of the decision, so that nobody has to look for it.
SAID = ("reason", "loss", "minority", "decided_by", "date")
LONGEST = 500  # characters of one field; the page has all of it
SHOWN = 3  # decisions of one person in Home


def ways(w: Wording, project: str, ref: str) -> list[Json]:
    """The three ways on, wherever a decision is asked about."""
    value, reopen = f"{project}:{ref}", NAMES["reopen"]

    def button(words: str, action: str, value: str) -> Json:
        return elements.button(
            words, f"{action}:{ref}", value=value, label=w("{what}: {ref}", what=words, ref=ref)
        )

    return [
        {**button(w(STILL), CALLBACK, value), "style": "primary"},
        button(w(reopen), "record.move", f"{value}:reopen"),
        button(w("Replace"), "record.replace", value),
    ]


def asked(w: Wording, kept: Kept, day: date) -> Mrkdwn:
    """ "*DEC-3* Old tool until lot 2 · to be looked at again since Fri 13 Feb: is it still right?"."""
    head = Mrkdwn(" ").join([bold(kept.ref), w.md("{title}", title=kept.title)])
    return Mrkdwn(" · ").join([head, w.md("to be reviewed on {day}: *is it still right?*", day=w.day(day))])


def lines(conn: Connection, w: Wording, *, project: Project, user: str, today: date) -> list[Json]:
    """In Home: one's own decisions whose day has come."""
    here = {"workspace": project.workspace, "project_id": project.id}
    mine = register.records(conn, **here, kinds=["decision"], owner=user, status="accepted", roles=None)
    rows: list[Json] = []
    due = [(one, day) for one in mine if (day := review_day(one)) is not None and day <= today]
    for one, day in due[:SHOWN]:
        rows += [blocks.section(asked(w, one, day)), blocks.actions(*ways(w, project.id, one.ref))]
    return rows


def entitled(who: Asker, kept: Kept) -> bool:
    """Whoever may take it may say that it is still right."""
    mine = owner_of(kept, here=(who.actor.user,)) == who.actor.user
    return who.may("decision.decide", owner=mine) == Allow()


async def opened(request: Request, parts: Parts) -> Reply:
    """[Still right]: when it is looked at next, and what makes it so."""
    project_id, _, ref = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    found: Kept | None = await parts.db.read(record_of.readable, parts=parts, who=who, ref=ref)
    if found is None or found.kind != "decision" or found.status != "accepted":
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    if not entitled(who, found):
        verdict = may(who, found, "decision.decide")
        said = who.refusal(verdict) if isinstance(verdict, Deny) else who.w.of(NOTHING_THERE)
        return answer.tell(request, parts, who.w, said)
    here = found

    async def build() -> Json:
        return await parts.db.read(_form, parts=parts, who=who, record=here, nonce=request.trigger_id)

    return answer.show(request, parts, who.w, who.w(TITLE)[:24], build)


def _form(conn: Connection, *, parts: Parts, who: Asker, record: Kept, nonce: str) -> Json:
    """What was decided, by whom and why; then the next date."""
    w = who.w
    names = asker.named(conn, project=who.here, also=[str(record.fields.get("decided_by") or "")])
    known = fields(record, lambda id: record_of.question(parts, id), names)
    said = [(one.name, w.of(one.value)[:LONGEST]) for one in known if one.key in SAID]
    lines = [w.md("*{name}* {value}", name=name, value=value) for name, value in said]
    above = [blocks.section(record_of.head(w, record))]
    above += [blocks.section(Mrkdwn("\n").join(lines))] if lines else []
    held = {"ref": record.ref, "seen": record.status, "nonce": nonce}
    values = {"review_date": next_review(record, who.today)}
    return form.modal(who, TITLE, ASKED, values, callback_id=CALLBACK, held=held, above=above, submit=STILL)


async def sent(request: Request, parts: Parts) -> Reply:
    """[Still right], sent."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project", "-"))
    found = await parts.db.read(record_of.readable, parts=parts, who=who, ref=held.get("ref", ""))
    if found is None or not entitled(who, found):
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    again = forms.day(answer.state(request, "review_date", "review_date").get("selected_date"))
    word = str(answer.state(request, "word", "word").get("value") or "")
    wrong: Refused | None = await parts.db.run(_kept, parts=parts, who=who, held=held, again=again, word=word)
    if wrong is not None:
        said = {wrong.field or "review_date": who.w.of(wrong.words)}
        return Reply(ack={"response_action": "errors", "errors": said})
    parts.wake()
    view = await parts.db.read(record_of.page, parts=parts, who=who, ref=found.ref)
    return answer.refreshed(request, parts, view)


def _kept(  # noqa: PLR0913 - of which decision, until when, in which words, by whom
    conn: Connection, *, parts: Parts, who: Asker, held: Mapping[str, str], again: date | None, word: str
) -> Refused | None:
    """In one transaction; the same form sent twice has one effect."""
    project, now, nonce = who.here, parts.clock.now(), held.get("nonce", "")
    here = {"workspace": project.workspace, "project_id": project.id}
    before = inbox.hold_form(conn, workspace=project.workspace, nonce=nonce, now=now)
    found = life.hold(conn, **here, ref=held.get("ref", ""))
    if before is not None or found is None:
        return None
    step = reviewed(found.record, again=again, word=word, today=who.today)
    if isinstance(step, Refused):
        now_is = state("decision", found.record.status) or Words.same(found.record.status)
        return replace(step, words=step.words.fill(state=now_is))
    record = life.change(
        conn, found, by=who.actor.user, move=MOVE, fields=step.fields, reason=step.reason, now=now
    )
    queueing.told(conn, project=project, record=record, by=who.actor.user, now=now)
    inbox.remember_form(conn, workspace=project.workspace, nonce=nonce, result=record.ref, now=now)
    return None


ACTIONS: dict[str, Any] = {CALLBACK: opened}
VIEWS: dict[str, Any] = {CALLBACK: sent}
