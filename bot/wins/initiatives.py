"""`/cadrage initiative`: one line of what somebody tried, however small (5.5). No jury and no quota."""

from typing import Any

from bot import answer, forms, verbs
from bot.asker import Asker
from bot.parts import Parts
from bot.register import message as messages
from bot.request import Json, Reply, Request
from bot.wins import queueing
from bot.wins.telling import NOWHERE
from bot.wins.whose import here, may_tell
from bot.words import blocks, elements
from flows.wins.initiative import HELP, Initiative, reply_by
from flows.wins.model import LONGEST
from storage import inbox, initiative
from storage import project as projects
from storage.database import Connection

CALLBACK = "initiative.tell"
LINE, BY, WANTED = "line", "by", "help"
ME = "me"


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage initiative …`: the words that follow are the line."""
    typed = " ".join(verbs.parse(str(request.payload.get("text") or "")).rest)
    return await _opened(request, parts, await here(request, parts), messages.readable(typed, {})[:LONGEST])


async def button(request: Request, parts: Parts) -> Reply:
    """[I tried something], wherever it stands."""
    return await _opened(request, parts, await here(request, parts, answer.chosen(request)), "")


async def _opened(request: Request, parts: Parts, who: Asker, first: str) -> Reply:
    w = who.w
    if not await may_tell(parts, who):
        return answer.tell(request, parts, w, w(NOWHERE))

    async def build() -> Json:
        return view(who, first, nonce=request.trigger_id)

    return answer.show(request, parts, w, w("A try"), build)


def view(who: Asker, first: str, *, nonce: str) -> Json:
    """The form."""
    w = who.w
    by = [elements.option(w("A team"), "team"), elements.option(w("Me, named"), ME)]
    wanted = [elements.option(w.of(words), key) for key, words in HELP.items()]
    rows = [
        blocks.field(
            w("In one line, however small"), elements.words(LINE, initial=first or None, most=LONGEST),
            block_id=LINE,
        ),
        blocks.field(w("Who tried it?"), elements.radio(BY, by, initial="team"), block_id=BY),
        blocks.field(
            w("What would help?"), elements.checkboxes(WANTED, wanted), block_id=WANTED, optional=True
        ),
        blocks.context(w("Posted in the project’s channel. Nobody judges it, and nobody corrects it.")),
    ]  # fmt: skip
    return blocks.modal(
        w("A try"), rows, callback_id=CALLBACK, submit=w("Tell it"), close=w("Cancel"),
        metadata=forms.packed(project=who.here.id, nonce=nonce),
    )  # fmt: skip


async def sent(request: Request, parts: Parts) -> Reply:
    """[Tell it]: noted and posted, with the day by which somebody replies."""
    held = forms.held(answer.metadata(request))
    who = await here(request, parts, held.get("project", "-"))
    w = who.w
    if not await may_tell(parts, who):
        return answer.tell(request, parts, w, w(NOWHERE))
    line = " ".join(str(answer.state(request, LINE, LINE).get("value") or "").split())[:LONGEST]
    if not line:
        return Reply(ack={"response_action": "errors", "errors": {LINE: w("Say it in one line.")}})
    by = (answer.state(request, BY, BY).get("selected_option") or {}).get("value")
    ticked = answer.state(request, WANTED, WANTED).get("selected_options") or ()
    wanted = {str(one.get("value")) for one in ticked}
    new = Initiative(
        number=0, statement=line, author=who.actor.user, named=by == ME,
        function=who.here.cast.function_of(who.actor.user) or "",
        help=tuple(key for key in HELP if key in wanted), made_at=parts.clock.now(),
    )  # fmt: skip
    number = await parts.db.run(_keep, parts=parts, who=who, new=new, nonce=held.get("nonce", ""))
    parts.wake()
    said = w.md(
        "Thank you for trying. *INI-{n}* is noted; somebody replies by {day}.",
        n=number, day=w.day(reply_by(who.today)),
    )  # fmt: skip
    return answer.tell(request, parts, w, said)


def _keep(conn: Connection, *, parts: Parts, who: Asker, new: Initiative, nonce: str) -> int:
    """Once for each form, however often it is sent."""
    project, now = who.here, parts.clock.now()
    before = inbox.hold_form(conn, workspace=project.workspace, nonce=nonce, now=now)
    if before is not None:
        return int(before)
    projects.lock(conn, workspace=project.workspace, id=project.id)
    number = initiative.put(conn, workspace=project.workspace, project_id=project.id, new=new)
    queueing.initiative_card(conn, project=project, number=number, now=now)
    inbox.remember_form(conn, workspace=project.workspace, nonce=nonce, result=number, now=now)
    return number


ACTIONS: dict[str, Any] = {"initiative.tell": button}
VIEWS: dict[str, Any] = {CALLBACK: sent}
