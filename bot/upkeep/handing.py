# ruff: noqa: PLR0913 - who passes what to whom
"""An item is handed over: whoever is asked may refuse, and until they accept it stays where it is.

Its owner may, and those who run the project where it has nobody or is overdue.
"""

from datetime import datetime
from typing import Any

from bot import answer, asker, forms, people
from bot.asker import Asker
from bot.digest import planning as digest
from bot.hub import record
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Allow
from bot.request import Json, Reply, Request
from bot.rounds import announce, budget
from bot.upkeep.handed import BACK, CARD
from bot.words import blocks, elements
from bot.words.text import words
from flows.project import Project
from flows.register.life import OVER
from flows.register.model import Kept
from storage import ask as asks
from storage import life, outbox, register, upkeep
from storage import project as projects
from storage.ask import Ask
from storage.database import Connection

CALLBACK = "item.pass"
WHO, WORD = "who", "word"
LONGEST = 300
MINUTES = 1


async def opened(request: Request, parts: Parts) -> Reply:
    """[Name somebody], [Pass on to…]."""
    project_id, _, ref = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    return await form_for(request, parts, who, ref)


async def form_for(request: Request, parts: Parts, who: Asker, ref: str) -> Reply:
    """The form: to whom, and a word to them."""
    w = who.w
    found: Kept | None = await parts.db.read(passable, parts=parts, who=who, ref=ref)
    if found is None:
        return answer.tell(request, parts, w, w.of(NOTHING_THERE))

    async def build() -> Json:
        hint = w("They may say no. Until they accept, it stays where it is.")
        word = elements.words(WORD, several_lines=True, most=LONGEST)
        rows = [
            blocks.section(record.head(w, found)),
            blocks.field(w("Who sees to it from now on?"), elements.user(WHO), block_id=WHO, hint=hint),
            blocks.field(w("A word to them"), word, block_id=WORD, optional=True),
        ]
        return blocks.modal(
            w("Pass on to…"), rows, callback_id=CALLBACK, submit=w.p("a colleague", "Ask"), close=w("Back"),
            metadata=forms.packed(project=who.here.id, ref=ref),
        )  # fmt: skip

    return answer.show(request, parts, w, w("Pass on to…"), build)


def passable(conn: Connection, *, parts: Parts, who: Asker, ref: str) -> Kept | None:
    """The record when this person may hand it over: its owner, or whoever runs the project."""
    if who.project is None or not who.project.cast.roles_of(who.actor.user):
        return None
    found = record.readable(conn, parts=parts, who=who, ref=ref)
    if found is None or (found.status in OVER and found.kind != "decision"):
        return None
    return found if who.may("item.hand_over", invited=found.owner == who.actor.user) == Allow() else None


async def sent(request: Request, parts: Parts) -> Reply:
    """[Ask]."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project", "-"))
    w, to = who.w, answer.state(request, WHO, WHO).get("selected_user")
    note = str(answer.state(request, WORD, WORD).get("value") or "").strip()[:LONGEST]
    if not isinstance(to, str) or not to:
        return _wrong(w("Choose a person."))
    person = await people.known(parts, request.workspace, to)
    if who.project is None or person.deleted or person.is_bot or to not in who.project.cast.everybody():
        return _wrong(w("{name} is not in this project: choose somebody of the team.", name=person.name))
    ref = held.get("ref", "")
    done = await parts.db.run(_ask, parts=parts, who=who, ref=ref, to=to, note=note)
    parts.wake()
    if done == "own":
        return _wrong(w("{name} sees to it already.", name=person.name))
    said = w.of(NOTHING_THERE)
    if done == "asked":
        said = w.md("*{name}* is asked, and may say no. Until then it stays where it is.", name=person.name)
    if done == "taken":
        said = w.md("{ref} is yours from now on.", ref=ref)
    return Reply(
        ack={"response_action": "update", "view": answer.page(w, w("Pass on to…"), [blocks.section(said)])}
    )


def _ask(conn: Connection, *, parts: Parts, who: Asker, ref: str, to: str, note: str) -> str:
    """Ask; or give it at once to whoever names themselves."""
    found, project, now = passable(conn, parts=parts, who=who, ref=ref), who.project, parts.clock.now()
    if found is None or project is None:
        return ""
    if found.owner == to:
        return "own"
    if to == who.actor.user:
        _given(conn, project, ref, to, by=to, now=now)
        return "taken"
    id = upkeep.ask(
        conn, workspace=project.workspace, project_id=project.id, ref=ref, from_user=who.actor.user,
        to_user=to, note=note, now=now,
    )  # fmt: skip
    _card(conn, project, id, to, now, fresh=True)
    announce.homes(conn, project=project, users=(who.actor.user, to), now=now)
    return "asked"


async def accept(request: Request, parts: Parts) -> Reply:
    """[I take it]."""
    return await _answered(request, parts, "accepted")


async def refuse(request: Request, parts: Parts) -> Reply:
    """[Not me]."""
    return await _answered(request, parts, "declined")


async def _answered(request: Request, parts: Parts, state: upkeep.State) -> Reply:
    w = words(people.language(await people.known(parts, request.workspace, request.user)))
    id = answer.chosen(request)
    done: bool = await parts.db.run(_settle, request=request, parts=parts, id=id, state=state)
    parts.wake()
    if not done:
        return answer.tell(request, parts, w, w("This no longer waits for you. Nothing more to do."))
    yes, no = w("It is yours from now on. Thank you."), w("Noted. Only whoever asked you is told.")
    return answer.tell(request, parts, w, yes if state == "accepted" else no)


def _settle(conn: Connection, *, request: Request, parts: Parts, id: str, state: upkeep.State) -> bool:
    found, now = upkeep.get(conn, workspace=request.workspace, id=id), parts.clock.now()
    project = projects.get(conn, workspace=request.workspace, id=found.project_id) if found else None
    if found is None or project is None or found.to_user != request.user:
        return False
    if not upkeep.settle(conn, workspace=request.workspace, id=id, state=state, now=now):
        return False
    if state == "accepted":
        _given(conn, project, found.ref, found.to_user, by=found.to_user, now=now)
    else:
        announce.private(
            conn, workspace=request.workspace, user=found.from_user, what=BACK, key=id,
            ref={"project": project.id, "handover": id}, now=now, at=now,
        )  # fmt: skip
    _card(conn, project, id, found.to_user, now)
    announce.homes(conn, project=project, users=(found.from_user, found.to_user), now=now)
    return True


def _given(conn: Connection, project: Project, ref: str, to: str, *, by: str, now: datetime) -> None:
    """It is theirs from now on; whatever has happened to it meanwhile, it keeps its date."""
    held = life.hold(conn, workspace=project.workspace, project_id=project.id, ref=ref)
    if held is not None:
        life.change(conn, held, by=by, move="hand over", now=now, fields={"owner": to})
        digest.refreshed(conn, project=project, now=now)


def _card(
    conn: Connection, project: Project, id: str, to: str, now: datetime, *, fresh: bool = False
) -> None:
    key = f"{CARD}:{id}"
    ref = {"what": CARD, "project": project.id, "user": to, "handover": id, "object": id, "asks": True}
    outbox.queue(
        conn, workspace=project.workspace, key=key, lane=f"hand:{id}", op="card", ref=ref, now=now,
        coalesce=True,
    )  # fmt: skip
    if not fresh:
        return asks.forget(conn, workspace=project.workspace, key=key)
    person = people.several(conn, workspace=project.workspace, users=(to,))[to]
    ask = Ask(
        key=key, user=to, project_id=project.id, about=id, kind="dialogue",
        earliest=budget.first_day(person, project, now), minutes=MINUTES,
        sponsor=project.cast.holder("sponsor") == to, since=now,
    )  # fmt: skip
    return budget.put(conn, project=project, ask=ask)


def lines(conn: Connection, *, who: Asker) -> list[Json]:
    """In Home: what one is asked to see to, in any project."""
    rows = []
    for asked in upkeep.asked_of(conn, workspace=who.actor.workspace, user=who.actor.user):
        kept = register.get(
            conn, workspace=who.actor.workspace, project_id=asked.project_id, ref=asked.ref, roles=None
        )
        if kept is None or asked.to_user != who.actor.user:
            continue
        w = who.w
        rows += [
            blocks.section(w.md("*{ref}* {title}: will you see to it?", ref=kept.ref, title=kept.title)),
            blocks.actions(
                elements.button(w("I take it"), f"item.accept:{asked.id}", value=asked.id),
                elements.button(w("Not me"), f"item.refuse:{asked.id}", value=asked.id),
            ),
        ]
    return rows


def _wrong(said: str) -> Reply:
    return Reply(ack={"response_action": "errors", "errors": {WHO: said}})


ACTIONS: dict[str, Any] = {"item.pass": opened, "item.accept": accept, "item.refuse": refuse}
VIEWS: dict[str, Any] = {CALLBACK: sent}
