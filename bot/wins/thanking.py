"""The sponsor thanks for a small win in their own words (6.3): facts beside the box, no ready-made sentence.

Posted under their name, or kept for a word in person. Nothing is ever posted in their name by itself.
"""

from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.outbound.render import Message
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.rounds.cards import message, shown
from bot.wins import queueing
from bot.wins.card import head, of_button, thanked
from bot.words import blocks, elements
from flows.wins.model import Win
from storage import project as projects
from storage import win
from storage.database import Connection
from storage.outbox import Row

CALLBACK = "win.thank"
WORDS, SPOKEN = "words", "spoken"
LEAST, LONGEST = 20, 600  # characters of their own


async def pressed(request: Request, parts: Parts) -> Reply:
    """[Thank], in the digest: for the sponsor, and nobody in their name."""
    value = answer.chosen(request).replace("WIN-", "")
    who, kept = await _theirs(request, parts, value)
    w = who.w
    if kept is None:
        return answer.tell(request, parts, w, w("I find nothing there for you."))
    if kept.thanks is not None:
        return answer.tell(request, parts, w, w("You have thanked for this one already."))

    async def build() -> Json:
        hint = w("What it changes for you, in at least {n} characters. Posted under your name.", n=LEAST)
        spoken = elements.checkboxes(SPOKEN, [elements.option(w("I will say it in person"), SPOKEN)])
        rows = [
            blocks.section(head(w, kept, who.names)),
            blocks.field(
                w("In your own words"), elements.words(WORDS, several_lines=True, most=LONGEST),
                block_id=WORDS, optional=True, hint=hint,
            ),
            blocks.field(w("Or"), spoken, block_id=SPOKEN, optional=True),
        ]  # fmt: skip
        return blocks.modal(
            w("Thank"), rows, callback_id=CALLBACK, submit=w("Thank"), close=w("Cancel"),
            metadata=forms.packed(value=value),
        )  # fmt: skip

    return answer.show(request, parts, w, w("Thank"), build)


async def sent(request: Request, parts: Parts) -> Reply:
    """[Thank], sent: in the channel under their name; or nothing is posted."""
    value = forms.held(answer.metadata(request)).get("value", "")
    who, kept = await _theirs(request, parts, value)
    w = who.w
    if kept is None:
        return answer.tell(request, parts, w, w("I find nothing there for you."))
    spoken = bool(answer.state(request, SPOKEN, SPOKEN).get("selected_options"))
    words = str(answer.state(request, WORDS, WORDS).get("value") or "").strip()[:LONGEST]
    if not spoken and len(words) < LEAST:
        wrong = w("At least {n} characters of your own, or say it in person.", n=LEAST)
        return Reply(ack={"response_action": "errors", "errors": {WORDS: wrong}})
    done = await parts.db.run(_thank, parts=parts, who=who, kept=kept, words="" if spoken else words)
    parts.wake()
    if not done:
        return answer.tell(request, parts, w, w("You have thanked for this one already."))
    posted, quiet = (
        w("Your words stand in the channel."),
        w("Noted: you say it in person. Nothing is posted."),
    )
    return answer.tell(request, parts, w, quiet if spoken else posted)


async def _theirs(request: Request, parts: Parts, value: str) -> tuple[Asker, Win | None]:
    """The win of this button, for the sponsor of its project; None for anybody else."""
    who = await asker.asker(request, parts, project_id=value.partition(":")[0] or "-")
    found = await parts.db.read(of_button, workspace=request.workspace, value=value)
    sponsor = who.project.cast.holder("sponsor") if who.project else None
    readable = found is not None and found[1].state in win.PUBLIC and not found[1].revoked
    return who, found[1] if found is not None and readable and sponsor == request.user else None


def _thank(conn: Connection, *, parts: Parts, who: Asker, kept: Win, words: str) -> bool:
    project, now = who.here, parts.clock.now()
    projects.lock(conn, workspace=project.workspace, id=project.id)
    here = {"workspace": project.workspace, "project_id": project.id}
    if not win.thank(conn, **here, number=kept.number, words=words):
        return False
    if words and queueing.stands(conn, project=project, number=kept.number):
        queueing.win_card(conn, project=project, number=kept.number, now=now)
    elif words:
        key = f"{project.id}:{kept.number}"
        announce.post(conn, project=project, what="win_thanks", key=key, ref={"win": kept.number}, now=now)
    return True


def post(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The sponsor's words for a win that only the round-up has said."""
    found = shown(conn, row)
    kept = of_button(conn, workspace=row.workspace, value=f"{row.ref.get('project')}:{row.ref.get('win')}")
    if found is None or kept is None or not kept[1].thanks:
        return None
    names = asker.named(conn, project=found.project, also=[one.user for one in kept[1].people])
    return message(blocks.section(head(found.w, kept[1], names)), *thanked(found, kept[1]))


ACTIONS: dict[str, Any] = {"digest.thank": pressed}
VIEWS: dict[str, Any] = {CALLBACK: sent}
MESSAGES = {"win_thanks": post}
