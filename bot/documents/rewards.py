"""What the note says about pay (N14): sponsor and HR tick it, answer by answer; nothing else of D08 is in it.

Taking a tick off is the way back: versions that were made keep what they said.
"""

from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.documents.ways import asked
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from flows.document import outgoing
from flows.document.outgoing import PUBLISHABLE, REWARDS
from storage import outgoing as kept
from storage.database import Connection

OPEN, CALLBACK, FIELD = "document.pay", "document.pay.save", "publish"


def ways(who: Asker) -> list[Json]:
    """The button that leads here, for sponsor and HR."""
    if who.may("rewards.publish") != Allow():
        return []
    return [elements.button(who.w("What the note says about pay"), OPEN, value=who.here.id)]


async def opened(request: Request, parts: Parts) -> Reply:
    """[What the note says about pay]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("rewards.publish"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(form, parts=parts, who=who)

    return answer.show(request, parts, who.w, who.w("Pay in the note"), build)


def form(conn: Connection, *, parts: Parts, who: Asker) -> Json:
    """The answers that may be published, with what is ticked now."""
    w = who.w
    found = [(id, asked(parts, id)) for id in PUBLISHABLE]
    options = [elements.option(w.of(each[1].short), id) for id, each in found if each is not None]
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    ticked = outgoing.read(kept.all_of(conn, **here)).published
    rows = [
        blocks.section(w("The note says that it is looked at, and nothing else, unless you tick it here.")),
        blocks.field(
            w("In the note, which the whole team reads"),
            elements.checkboxes(FIELD, options, initial=ticked),
            block_id=FIELD,
            optional=True,
        ),
    ]
    return blocks.modal(
        w("Pay in the note"), rows, callback_id=CALLBACK, submit=w("Save"), close=w("Cancel"),
        metadata=forms.packed(project=who.here.id),
    )  # fmt: skip


async def saved(request: Request, parts: Parts) -> Reply:
    """[Save]."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("rewards.publish"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    chosen = answer.state(request, FIELD, FIELD).get("selected_options") or ()
    ids = {str(option.get("value")) for option in chosen}
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    content = {FIELD: [id for id in PUBLISHABLE if id in ids]}
    await parts.db.run(
        kept.put, **here, part=REWARDS, content=content, by=who.actor.user, now=parts.clock.now()
    )
    said = who.w("Saved. The next version of the note says what you have ticked, and nothing else about pay.")
    page = answer.page(who.w, who.w("Pay in the note"), [blocks.section(said)])
    return Reply(ack={"response_action": "update", "view": page})


ACTIONS: dict[str, Any] = {OPEN: opened}
VIEWS: dict[str, Any] = {CALLBACK: saved}
