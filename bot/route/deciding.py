"""The arbiter decides the route (RTE08): which one, why, and what is given up, without which nothing is kept.
Recorded as a decision, shown in the channel, and audited like every record.
"""

from dataclasses import replace
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.outbound.render import Message
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.rounds.cards import message
from bot.route import choosing, page, reading, taking
from bot.route.choosing import LEAST, LONGEST, NOT_KEPT, OPTION, REASON, TOO_SHORT
from bot.route.reading import Picture
from bot.route.taking import Choice
from bot.words import blocks, elements
from bot.words.text import N_, Wording
from storage import inbox
from storage import person as people
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row

CALLBACK, LOSS = "route.decide", "loss"
LITTLE = N_("At least {n} characters: saying what we give up makes the choice honest.")


async def opened(request: Request, parts: Parts) -> Reply:
    """[Decide]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("route.decide"), Deny) and not reading.decides(who):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(form, parts=parts, who=who, nonce=request.trigger_id)

    return answer.show(request, parts, who.w, who.w(page.TITLE), build)


def form(conn: Connection, *, parts: Parts, who: Asker, nonce: str) -> Json:
    """Everything the arbiter needs on one page, then the fields."""
    w, found = who.w, reading.picture(conn, parts, who.here)
    if found.proposed is None:
        return answer.page(w, w(page.TITLE), page.page(conn, parts=parts, who=who))
    named = w.md("*Named.* Your decision, reason and what is given up are published to the team.")
    rows = [
        blocks.context(named),
        blocks.section(w.md("*Proposed: {route}*", route=found.proposed.words)),
        *page.facts(who, found),
        *page.decision(w, found),
        blocks.field(w("Your decision"), choosing.choices(conn, parts, w, found), block_id=OPTION),
        blocks.field(w("Because"), _box(REASON), block_id=REASON,
                     hint=w("At least {n} characters.", n=LEAST)),
        blocks.field(w("We accept to lose"), _box(LOSS), block_id=LOSS,
                     hint=w("At least {n} characters.", n=LEAST)),
    ]  # fmt: skip
    return blocks.modal(
        w(page.TITLE), rows, callback_id=CALLBACK, submit=w("Decide and publish"), close=w("Not now"),
        metadata=forms.packed(project=found.project.id, nonce=nonce),
    )  # fmt: skip


def _box(field: str) -> Json:
    return elements.words(field, several_lines=True, most=LONGEST)


async def sent(request: Request, parts: Parts) -> Reply:
    """[Decide and publish]."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("route.decide"), Deny) and not reading.decides(who):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    choice = _theirs(choosing.read(request, who), who)
    wrong = await parts.db.run(_take, parts=parts, who=who, choice=choice, nonce=held.get("nonce", ""))
    parts.wake()
    if wrong:
        errors = {field: who.w(phrase, n=LEAST) for field, phrase in wrong.items()}
        return Reply(ack={"response_action": "errors", "errors": errors})
    rows = await parts.db.read(page.page, parts=parts, who=who)
    said = who.w.md("*Decided, thank you.* It is recorded, and stands in the project channel.")
    view = answer.page(who.w, who.w(page.TITLE), [blocks.section(said), *rows])
    return Reply(ack={"response_action": "update", "view": view})


def _theirs(choice: Choice, who: Asker) -> Choice:
    """In the arbiter's name where somebody stands in for them."""
    by = reading.decides(who)
    return choice if by == choice.by else replace(choice, by=by, deputy=choice.by)


def _take(conn: Connection, *, parts: Parts, who: Asker, choice: Choice, nonce: str) -> dict[str, str]:
    """In one transaction; the same form sent twice has decided once."""
    now, here = parts.clock.now(), {"workspace": who.actor.workspace}
    if nonce and inbox.hold_form(conn, **here, nonce=nonce, now=now) is not None:
        return {}
    found = reading.picture(conn, parts, who.here)
    if wrong := problems(found, choice):
        return wrong
    if taking.take(conn, parts, found, choice, now) is None:
        return {OPTION: NOT_KEPT}
    choosing.answered(conn, parts, found, now)
    steering = (found.project.cast.holder("lead") or "", choice.by)
    announce.homes(conn, project=found.project, users=filter(None, steering), now=now)
    if nonce:
        inbox.remember_form(conn, **here, nonce=nonce, result="decided", now=now)
    return {}


def problems(found: Picture, choice: Choice) -> dict[str, str]:
    """No decision without a route, a reason and what is given up."""
    wrong = {key: phrase for key, phrase in choosing.problems(found, choice).items() if key == OPTION}
    if len(choice.reason) < LEAST:
        wrong[REASON] = TOO_SHORT
    if len(choice.loss) < LEAST:
        wrong[LOSS] = LITTLE
    return wrong


def asked(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The private card of whoever decides; nothing where it is somebody else's. Once it is decided, a card
    that is there says what was decided, and none is sent."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    user = str(row.ref.get("user", ""))
    if project is None:
        return None
    found = reading.picture(conn, parts, project)
    one = people.get(conn, workspace=row.workspace, user=user)
    who = asker.load(conn, parts=parts, person=one, project_id=project.id) if one is not None else None
    if who is None or not reading.decides(who) or found.proposed is None or not found.chosen:
        return None
    if found.decided:
        return _decided(who.w, found) if row.remote_id else None
    w = who.w
    return message(
        blocks.section(w.md("*{project}*: the route waits for your decision.", project=project.name)),
        *page.decision(w, found),
        blocks.section(w.md("What the facts propose: {route}", route=found.proposed.words)),
        blocks.actions(
            elements.button(w("Decide"), CALLBACK, value=project.id, style="primary"),
            elements.button(w("See the facts"), "route.open", value=project.id),
        ),
    )


def _decided(w: Wording, found: Picture) -> Message:
    """What stands in the place of the question."""
    return message(
        blocks.section(w.md("*{project}*: the route is decided.", project=found.project.name)),
        *page.decision(w, found),
        blocks.actions(elements.button(w("See the facts"), "route.open", value=found.project.id)),
    )


ACTIONS: dict[str, Any] = {CALLBACK: opened}
VIEWS: dict[str, Any] = {CALLBACK: sent}
MESSAGES = {choosing.ASK: asked}
