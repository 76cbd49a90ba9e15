"""The people a lot is for, in the team or not: named by the facilitator, told what it is about, free to go.

They get anonymous waves around the go-live (5.1, 5.2) and nothing else: no register, no diagnosis, no name of
an owner. What is asked of fewer than five of them is not sent (5.3).
"""

from datetime import datetime
from typing import Any

from bot import answer, asker, forms, people
from bot.asker import Asker
from bot.hub import future
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rhythm.book import LOTS
from bot.rounds import announce, sending
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.text import words
from flows.dialogue.asking import GONE
from flows.dialogue.checks import BOT
from flows.project import Project
from flows.register.model import Kept
from storage import lot_users, register
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row

CALLBACK, NAMED = "lot_users.named", "users_named"
MOST_LOTS, MOST = 20, 200  # lots in one form, people of each


async def opened(request: Request, parts: Parts) -> Reply:
    """[Future users]: one list of people for each lot."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("team.change"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(_form, who=who)

    return answer.show(request, parts, who.w, who.w("Future users"), build)


async def named(request: Request, parts: Parts) -> Reply:
    """The lists are sent. Whoever is new reads in private what it is about, in their hours."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("team.change"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    lots = await parts.db.read(_lots, project=who.here)
    chosen = {lot.ref: _chosen(request, lot.ref) for lot in lots[:MOST_LOTS]}
    known = await people.everybody(parts, request.workspace, {u for users in chosen.values() for u in users})
    errors = {}
    for ref, users in chosen.items():
        unfit = next((known[user] for user in users if known[user].is_bot or known[user].deleted), None)
        if unfit is not None:
            errors[f"u:{ref}"] = who.w.of(BOT if unfit.is_bot else GONE)
    if errors:
        return Reply(ack={"response_action": "errors", "errors": errors})
    await parts.db.run(_kept, parts=parts, who=who, chosen=chosen)
    parts.wake()
    said = who.w("Kept. Whoever is new reads in private what it is about, and may decline.")
    return answer.tell(request, parts, who.w, said)


async def left(request: Request, parts: Parts) -> Reply:
    """[Not the right person]: nothing more is asked of them; the facilitator's list is shorter by one."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if who.project is None or who.actor.user not in who.project.cast.people("users"):
        return answer.tell(request, parts, who.w, who.w("I find nothing there for you."))
    await parts.db.run(_left, project=who.project, user=who.actor.user, now=parts.clock.now())
    parts.wake()
    said = who.w(
        "Understood: you are no longer on the list, and nothing more is asked of you as a future user."
    )
    return answer.tell(request, parts, who.w, said)


def told(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """Once, when somebody is named: which lot, from when, what will be asked, and how to decline."""
    user = str(row.ref.get("user", ""))
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    if project is None or user not in project.cast.people("users"):
        return None
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    if (later := sending.not_now(person, project, parts.clock.now())) is not None:
        return later
    w, by = words(people.language(person, project)), str(row.ref.get("by", ""))
    name = people.several(conn, workspace=row.workspace, users=(by,))[by].name
    head = w.md(
        "{name} counts you among those who will work with what *{project}* brings.",
        name=name, project=project.name,
    )  # fmt: skip
    no = elements.button(w("Not the right person"), "lot_users.leave", value=project.id)
    rows = future.lots(conn, w, project=project, user=user, today=asker.today(parts, project))
    return message(blocks.section(head), *rows, *future.asked(w), blocks.actions(no))


def _chosen(request: Request, ref: str) -> tuple[str, ...]:
    found = answer.state(request, f"u:{ref}", "users").get("selected_users")
    every = found if isinstance(found, list) else []
    return tuple(dict.fromkeys(user for user in every if isinstance(user, str)))[:MOST]


def _lots(conn: Connection, *, project: Project) -> list[Kept]:
    every = register.records(
        conn, workspace=project.workspace, project_id=project.id, kinds=LOTS, roles=None
    )  # fmt: skip
    return [one for one in every if one.status != "withdrawn"]


def _form(conn: Connection, *, who: Asker) -> Json:
    w, lots = who.w, _lots(conn, project=who.here)
    if not lots:
        said = w("No lot is recorded yet: the plan of the project (D12) makes them.")
        return answer.page(w, w("Future users"), [blocks.section(said)])
    rows = [
        blocks.section(
            w(
                "Who will work with each lot, in the team or not? They are asked a few anonymous questions "
                "around its go-live, where there are at least five of them."
            )
        )
    ]
    for lot in lots[:MOST_LOTS]:
        rows.append(
            blocks.field(
                f"{lot.ref} {w.of(lot.title)}",
                elements.users("users", initial=who.here.cast.lots.get(lot.ref, ()), most=MOST),
                block_id=f"u:{lot.ref}", optional=True,
            )
        )  # fmt: skip
    return blocks.modal(
        w("Future users"), rows, callback_id=CALLBACK, submit=w("Save"), close=w("Not now"),
        metadata=forms.packed(project=who.here.id),
    )  # fmt: skip


def _kept(conn: Connection, *, parts: Parts, who: Asker, chosen: dict[str, tuple[str, ...]]) -> None:
    project, now, by = who.here, parts.clock.now(), who.actor.user
    here = {"workspace": project.workspace, "project_id": project.id}
    projects.lock(conn, workspace=project.workspace, id=project.id)
    before, new, gone = set(project.cast.people("users")), set[str](), set[str]()
    for lot, users in chosen.items():
        joined, leaving = lot_users.put(conn, **here, lot=lot, users=users, by=by, now=now)
        new |= joined
        gone |= leaving
    for user in sorted(new - before - {*project.cast.everybody()}):
        announce.private(
            conn, workspace=project.workspace, user=user, what=NAMED, key=f"{project.id}:{now.isoformat()}",
            ref={"project": project.id, "by": by}, now=now, at=now,
        )  # fmt: skip
    announce.homes(conn, project=project, users=sorted(new | gone), now=now)


def _left(conn: Connection, *, project: Project, user: str, now: datetime) -> None:
    lot_users.leave(conn, workspace=project.workspace, project_id=project.id, user=user)
    announce.homes(conn, project=project, users=(user,), now=now)


ACTIONS: dict[str, Any] = {"lot_users.open": opened, "lot_users.leave": left}
VIEWS: dict[str, Any] = {CALLBACK: named}
MESSAGES: dict[str, Any] = {NAMED: told}
