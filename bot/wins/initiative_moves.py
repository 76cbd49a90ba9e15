"""What becomes of an initiative: its author tried it or takes it back, another department takes it up, and
facilitator or lead reply, with thanks, and with a reason where it is set aside (5.5)."""

from datetime import datetime
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.wins import queueing
from bot.wins.looking import answering
from bot.words import blocks, elements
from bot.words.mrkdwn import bold
from flows.project import FUNCTIONS, Project
from flows.wins.initiative import AUTHORS, REPLIES, Initiative, Move, moves, take, take_up
from flows.wins.model import DEPARTMENTS
from flows.words import Words
from storage import initiative
from storage import project as projects
from storage.database import Connection

CALLBACK, TAKEN = "initiative.reply", "initiative.team"
OUTCOME, WORDS, TEAM = "outcome", "words", "team"
LONGEST = 600
OUTCOMES: dict[Move, Words] = {
    "noted": Words("A word back, nothing else yet", "Un mot en retour, rien de plus pour l’instant"),
    "keep": Words("We keep it", "On la garde"),
    "share": Words("We share it with others", "On la partage avec d’autres"),
    "set_aside": Words("We set it aside, with thanks", "On la met de côté, avec nos remerciements"),
}


async def pressed(request: Request, parts: Parts) -> Reply:
    """[We tried it], [Take it back]: by its author."""
    value, _, name = answer.chosen(request).rpartition(":")
    who = await asker.asker(request, parts, project_id=value.partition(":")[0] or "-")
    move: Move = next((one for one in AUTHORS if one == name), "tried")
    done = await parts.db.run(_by_author, parts=parts, who=who, value=value, move=move)
    parts.wake()
    w = who.w
    return answer.tell(
        request, parts, w, w("Noted, thank you.") if done else w("Only whoever told it can do this.")
    )


async def taken_up(request: Request, parts: Parts) -> Reply:
    """[We will try it too]: the department of whoever presses, asked for where it is not known."""
    value = answer.chosen(request)
    who = await asker.asker(request, parts, project_id=value.partition(":")[0] or "-")
    w = who.w
    if who.project is None or not who.project.cast.roles_of(request.user):
        return answer.tell(request, parts, w, w("I find nothing there for you."))
    function = who.project.cast.function_of(request.user)
    if function in DEPARTMENTS and function is not None:
        said = await _take_up(parts, who, value, function)
        return answer.tell(request, parts, w, said)

    async def build() -> Json:
        teams = [elements.option(w.of(DEPARTMENTS[one]), one) for one in FUNCTIONS]
        row = blocks.field(w("Which department is yours?"), elements.select(TEAM, teams), block_id=TEAM)
        return blocks.modal(
            w("We will try it too")[:24], [row], callback_id=TAKEN, submit=w("Tell it"), close=w("Cancel"),
            metadata=forms.packed(value=value),
        )  # fmt: skip

    return answer.show(request, parts, w, w("We will try it too")[:24], build)


async def team_sent(request: Request, parts: Parts) -> Reply:
    """The department was chosen."""
    value = forms.held(answer.metadata(request)).get("value", "")
    who = await asker.asker(request, parts, project_id=value.partition(":")[0] or "-")
    team = str((answer.state(request, TEAM, TEAM).get("selected_option") or {}).get("value") or "")
    if who.project is None or not who.project.cast.roles_of(request.user) or team not in DEPARTMENTS:
        return answer.tell(request, parts, who.w, who.w("I find nothing there for you."))
    return answer.tell(request, parts, who.w, await _take_up(parts, who, value, team))


async def _take_up(parts: Parts, who: Asker, value: str, function: str) -> str:
    done = await parts.db.run(_taken_up, parts=parts, who=who, value=value, function=function)
    parts.wake()
    return who.w("Noted, thank you.") if done else who.w("Your department does it already.")


async def reply(request: Request, parts: Parts) -> Reply:
    """[Reply]: the form, for facilitator and lead."""
    value = answer.chosen(request)
    who = await asker.asker(request, parts, project_id=value.partition(":")[0] or "-")
    w = who.w
    found = await parts.db.read(_of, who=who, value=value)
    if who.project is None or request.user not in answering(who.project) or found is None:
        return answer.tell(request, parts, w, w("The facilitator or the lead replies to this."))

    async def build() -> Json:
        can = [move for move in REPLIES if move in moves(found)]
        options = [elements.option(w.of(OUTCOMES[move]), move) for move in can or REPLIES[:1]]
        rows = [
            blocks.section(w.md("{ref} {said}", ref=bold(found.ref), said=found.statement)),
            blocks.field(w("What becomes of it?"), elements.radio(OUTCOME, options, initial=REPLIES[0]),
                         block_id=OUTCOME),
            blocks.field(w("Your words"), elements.words(WORDS, several_lines=True, most=LONGEST),
                         block_id=WORDS, hint=w("Read by everybody in the channel. Begin with thanks.")),
        ]  # fmt: skip
        return blocks.modal(
            w("Reply"), rows, callback_id=CALLBACK, submit=w("Reply"), close=w("Cancel"),
            metadata=forms.packed(value=value),
        )  # fmt: skip

    return answer.show(request, parts, w, w("Reply"), build)


async def reply_sent(request: Request, parts: Parts) -> Reply:
    """[Reply], sent."""
    value = forms.held(answer.metadata(request)).get("value", "")
    who = await asker.asker(request, parts, project_id=value.partition(":")[0] or "-")
    w = who.w
    if who.project is None or request.user not in answering(who.project):
        return answer.tell(request, parts, w, w("The facilitator or the lead replies to this."))
    chosen = (answer.state(request, OUTCOME, OUTCOME).get("selected_option") or {}).get("value")
    move: Move = next((one for one in REPLIES if one == chosen), "noted")
    words = str(answer.state(request, WORDS, WORDS).get("value") or "")[:LONGEST]
    wrong = await parts.db.run(_reply, parts=parts, who=who, value=value, move=move, words=words)
    parts.wake()
    if wrong is not None:
        return Reply(ack={"response_action": "errors", "errors": {WORDS: w.of(wrong)}})
    return answer.tell(request, parts, w, w("Your reply stands in the channel."))


def _reply(  # noqa: PLR0913 - who replies to what, and what becomes of it
    conn: Connection, *, parts: Parts, who: Asker, value: str, move: Move, words: str
) -> Words | None:
    found = _held(conn, who, value)
    if found is None:
        return Words("It is no longer there.", "Elle n’est plus là.")
    after = take(found, move, words, by=who.actor.user)
    if isinstance(after, Words):
        return after
    _moved(conn, who.here, after, parts.clock.now())
    if after.author and after.author != who.actor.user:
        announce.private(
            conn, workspace=who.here.workspace, user=after.author, what="initiative_answered",
            key=f"{who.here.id}:{after.number}:{after.status}:{len(after.answer)}",
            ref={"project": who.here.id, "initiative": after.number}, now=parts.clock.now(),
            at=parts.clock.now(),
        )  # fmt: skip
    return None


def _by_author(conn: Connection, *, parts: Parts, who: Asker, value: str, move: Move) -> bool:
    found = _held(conn, who, value)
    if found is None or found.author != who.actor.user:
        return False
    after = take(found, move)
    if isinstance(after, Words):
        return False
    _moved(conn, who.here, after, parts.clock.now())
    return True


def _taken_up(conn: Connection, *, parts: Parts, who: Asker, value: str, function: str) -> bool:
    found = _held(conn, who, value)
    if found is None or found.status in ("withdrawn", "set_aside"):
        return False
    after = take_up(found, function)
    if after == found:
        return False
    _moved(conn, who.here, after, parts.clock.now())
    return True


def _moved(conn: Connection, project: Project, one: Initiative, now: datetime) -> None:
    initiative.move(conn, workspace=project.workspace, project_id=project.id, one=one)
    queueing.initiative_card(conn, project=project, number=one.number, now=now)


def _held(conn: Connection, who: Asker, value: str) -> Initiative | None:
    number = value.rpartition(":")[2]
    if who.project is None or not number.isdecimal() or len(number) > 9:
        return None
    projects.lock(conn, workspace=who.project.workspace, id=who.project.id)
    return initiative.hold(
        conn, workspace=who.project.workspace, project_id=who.project.id, number=int(number)
    )


def _of(conn: Connection, *, who: Asker, value: str) -> Initiative | None:
    number = value.rpartition(":")[2]
    if who.project is None or not number.isdecimal() or len(number) > 9:
        return None
    return initiative.get(
        conn, workspace=who.project.workspace, project_id=who.project.id, number=int(number)
    )


ACTIONS: dict[str, Any] = {
    "initiative.move": pressed, "initiative.too": taken_up, "initiative.reply": reply,
}  # fmt: skip
VIEWS: dict[str, Any] = {CALLBACK: reply_sent, TAKEN: team_sent}
