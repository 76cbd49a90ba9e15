"""A person opens, answers or skips a named check-in: kept once, with what follows, in one transaction."""

from dataclasses import dataclass
from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.checkins import asking, following, form
from bot.dialogue.typed import typed
from bot.forms import held
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.words import blocks
from flows.checkin.model import CheckIn as Content
from flows.dialogue.model import Question, Value
from flows.project import Project
from storage import checkin
from storage import project as projects
from storage.checkin import CheckIn
from storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One check-in of the person who asks for it."""

    one: CheckIn
    content: Content
    project: Project
    questions: tuple[Question, ...]


async def opened(request: Request, parts: Parts) -> Reply:
    """[Answer]: the form, or what became of it."""
    who, found = await _mine(request, parts, answer.chosen(request))
    if found is None:
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    if found.one.state != "open" or not found.questions:
        return answer.tell(request, parts, who.w, _over(who, found))

    async def build() -> Json:
        return form.view(who.w, parts, found.content, found.one, found.questions)

    return answer.show(request, parts, who.w, who.w.of(found.content.title), build)


async def skipped(request: Request, parts: Parts) -> Reply:
    """[Skip this time]: nobody is told, and nothing counts it."""
    who, found = await _mine(request, parts, answer.chosen(request))
    if found is None:
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    if found.one.state != "open":
        return answer.tell(request, parts, who.w, _over(who, found))
    await parts.db.run(_skipped, parts=parts, found=found)
    parts.wake()
    return answer.tell(request, parts, who.w, who.w("Skipped this time. Nobody is told."))


async def submitted(request: Request, parts: Parts) -> Reply:
    """[Send]."""
    carried = held(answer.metadata(request))
    who, found = await _mine(request, parts, carried.get("checkin", ""))
    if found is None:
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    if found.one.state != "open":
        return answer.tell(request, parts, who.w, _over(who, found))
    answers, wrong = form.read(who.w, found.questions, typed(request.payload.get("view") or {}))
    if wrong:
        return Reply(ack={"response_action": "errors", "errors": wrong})
    rows = await parts.db.run(_kept, parts=parts, who=who, found=found, answers=answers)
    parts.wake()
    thanks = blocks.section(who.w("Recorded, thank you."))
    return Reply(
        ack={
            "response_action": "update",
            "view": answer.page(who.w, who.w.of(found.content.title), [thanks, *rows]),
        }
    )


async def _mine(request: Request, parts: Parts, id: str) -> tuple[Asker, Scene | None]:
    """The check-in with this id, if it is this person’s. An id from a payload gives no right (T11)."""
    found = await parts.db.read(load, parts=parts, workspace=request.workspace, user=request.user, id=id)
    project_id = found.project.id if found else "-"
    return await asker.asker(request, parts, project_id=project_id), found


def load(conn: Connection, *, parts: Parts, workspace: str, user: str, id: str) -> Scene | None:
    """This person's check-in with what it asks them now; None for an id of nothing, or of somebody else's."""
    one = checkin.get(conn, workspace=workspace, id=id)
    content = parts.playbook.checkins.get(one.what) if one else None
    project = projects.get(conn, workspace=workspace, id=one.project_id) if one else None
    if one is None or one.user != user or content is None or project is None:
        return None
    asked = asking.questions(conn, playbook=parts.playbook, project=project, content=content, user=user)
    return Scene(one=one, content=content, project=project, questions=asked)


def _over(who: Asker, found: Scene) -> str:
    if found.one.state == "answered":
        return who.w("You have answered this one already.")
    return who.w("This one is over. The next one will come by itself.")


def _skipped(conn: Connection, *, parts: Parts, found: Scene) -> None:
    one, now = found.one, parts.clock.now()
    if checkin.skip(conn, workspace=one.workspace, id=one.id):
        announce.home(conn, workspace=one.workspace, user=one.user, now=now)
        asking.again(conn, project=found.project, one=one, now=now)


def _kept(
    conn: Connection, *, parts: Parts, who: Asker, found: Scene, answers: dict[str, Value]
) -> list[Json]:
    """Kept once; what follows, as blocks for the page that answers."""
    one, now = found.one, parts.clock.now()
    projects.lock(conn, workspace=one.workspace, id=one.project_id)
    offered = sum(len(q.options) for q in found.questions if q.id == following.PROMISES)
    kept = checkin.answer(conn, workspace=one.workspace, id=one.id, answers=answers, offered=offered, now=now)
    if not kept:
        return []
    announce.home(conn, workspace=one.workspace, user=one.user, now=now)
    asking.again(conn, project=found.project, one=one, now=now)
    return following.after(conn, who=who, one=one, answers=answers, offered=offered, now=now)


ACTIONS: dict[str, Any] = {"checkin.open": opened, "checkin.skip": skipped}
VIEWS: dict[str, Any] = {form.CALLBACK: submitted}
