"""Starting a project: its first screen, where it lives, and the way back into its set-up.

The project is created when the first screen is sent, once for each form; the set-up dialogue takes
over from there. Before, the exits people choose live in the form itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, get_args

from bot import answer, asker
from bot.asker import Asker
from bot.dialogue import course, load, screens
from bot.dialogue.load import Gesture, Who
from bot.dialogue.place import Place, unpacked
from bot.dialogue.scene import Scene
from bot.dialogue.screens import Around
from bot.dialogue.typed import chosen, typed
from bot.founding import channels, creation
from bot.founding.creation import NEW, Made, draft_of, first
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Deny
from bot.request import Json, Reply, Request
from bot.verbs import parse
from bot.words import blocks, elements
from flows.dialogue.model import Exit, Value
from flows.project import Project
from storage import dialogue as dialogues
from storage.database import Connection

CALLBACK = "setup.create"
CHANNEL = "channel"  # block of the channel field


async def open_form(request: Request, parts: Parts) -> Reply:
    """`/cadrage new`, [Start a project]: the first screen of the set-up."""
    who = await asker.asker(request, parts)
    if isinstance(verdict := who.may("project.create"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    name = " ".join(parse(str(request.payload.get("text") or "")).rest) if request.kind == "command" else ""
    here = str(request.payload.get("channel_id") or "") if request.kind == "command" else ""
    view = form(parts, who, Place(dialogue=NEW, screen=first(parts).key), name=name, here=here)

    async def build() -> Json:
        return view

    return answer.show(request, parts, who.w, who.w("New project"), build)


async def finish(request: Request, parts: Parts) -> Reply:
    """[Finish set-up]: the open set-up takes the place of the page, or opens."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("team.change"), Deny) or who.project is None:
        return answer.tell(request, parts, who.w, who.refusal(verdict) if isinstance(verdict, Deny) else "")
    return await _at(request, parts, who, course.opened)


async def change_team(request: Request, parts: Parts) -> Reply:
    """[Change] beside the team: the people of the set-up, as they stand."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("team.change"), Deny) or who.project is None:
        return answer.tell(request, parts, who.w, who.refusal(verdict) if isinstance(verdict, Deny) else "")

    def page(found: Scene) -> Json:
        screen = found.screen("people")
        return course.show(found, screen, course.fresh(found)) if screen else course.opened(found)

    return await _at(request, parts, who, page)


async def exit_chosen(request: Request, parts: Parts) -> Reply:
    """An exit of the first screen: kept in the form until the project exists."""
    action = (request.payload.get("actions") or [{}])[0]
    question = str(action.get("action_id") or "").partition(":")[2]
    exit = chosen(action)
    who, place = await asker.asker(request, parts), _place(request)
    if exit in get_args(Exit) and question in {q.id for q in first(parts).questions}:
        place = replace(place, extra={**place.extra, question: str(exit)})
    return _redrawn(request, parts, who, place)


async def answered_after_all(request: Request, parts: Parts) -> Reply:
    """[Answer after all] on the first screen."""
    question = answer.chosen(request)
    who, place = await asker.asker(request, parts), _place(request)
    kept = {key: value for key, value in place.extra.items() if key != question}
    return _redrawn(request, parts, who, replace(place, extra=kept))


async def create(request: Request, parts: Parts) -> Reply:
    """The first screen was sent: the project exists from now on."""
    who = await asker.asker(request, parts)
    if isinstance(verdict := who.may("project.create"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    place, fields = _place(request), typed(request.payload.get("view") or {})
    channel = str(fields.get(CHANNEL) or "")
    if (trouble := await channels.trouble(parts, who, channel)) is not None:
        return Reply(ack={"response_action": "errors", "errors": {CHANNEL: trouble}})
    made = await parts.db.run(
        creation.create, parts=parts, who=who, place=place, fields=fields, channel=channel
    )
    if made.problems:
        return Reply(ack={"response_action": "errors", "errors": _errors(parts, who, place, fields, made)})
    found = await parts.db.read(load.scene, _gesture(request, parts, made.run_id))
    if found is None:
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    view = course.following(found, Place(dialogue=made.run_id, screen=first(parts).key))
    return Reply(
        ack={"response_action": "update", "view": view}, after=lambda: channels.join(parts, who, channel)
    )


def form(  # noqa: PLR0913 - a form and what is in it already
    parts: Parts,
    who: Asker,
    place: Place,
    *,
    name: str = "",
    here: str = "",
    fields: Mapping[str, Value] | None = None,
) -> Json:
    """The first screen, with the channel. What is typed stays while it is drawn again."""
    w, screen = who.w, first(parts)
    initial = here if here[:1] in ("C", "G") else None
    where = blocks.field(
        w("Project channel"),
        elements.conversation("channel", initial=initial),
        block_id=CHANNEL,
        hint=w("I post there, rarely. A private channel is fine: invite me first."),
    )
    note = blocks.context(
        w("You will be the facilitator: you run things, you have no vote. You can hand over later.")
    )
    presets: dict[str, Value] = {"SET01": name, "SET20": who.language, "SET18": who.today.isoformat()}
    scene = draft_of(parts, who, place)
    around = Around(
        typed={**presets, **(fields or {})},
        extra=(where, note),
        callback_id=CALLBACK,
        close=w("Cancel"),
        foot=w("Nothing is created before you press Next."),
    )
    return _ours(screens.build(scene, screen, place, around))


def _ours(view: Json) -> Json:
    """The exits of the first screen come to this module: there is no dialogue yet."""
    for block in view["blocks"]:
        for element in (*block.get("elements", ()), block.get("accessory") or {}):
            for theirs, ours in (("dialogue.exit:", "setup.exit:"), ("dialogue.answer:", "setup.answer:")):
                if str(element.get("action_id", "")).startswith(theirs):
                    element["action_id"] = ours + element["action_id"][len(theirs) :]
    return view


def _redrawn(request: Request, parts: Parts, who: Asker, place: Place) -> Reply:
    """The same form with an exit taken or taken back; what is typed stays in Slack's fields."""
    view = request.payload.get("view") or {}
    new = form(
        parts, who, place, fields=screens.read(draft_of(parts, who, place), first(parts), place, typed(view))
    )
    view_id = str(view.get("id") or "")

    async def update() -> None:
        await parts.slack.update_view(request.workspace, view_id, new)

    return Reply(after=update)


def _errors(parts: Parts, who: Asker, place: Place, fields: Mapping[str, Any], made: Made) -> dict[str, str]:
    """Each problem under its field, or under the channel when it has none."""
    scene, screen, found = draft_of(parts, who, place), first(parts), {}
    for problem in made.problems:
        question = next((q for q in screen.questions if q.id == problem.question), None)
        block = screens.error_block(scene, question, fields) if question else None
        found[block or CHANNEL] = who.w.of(problem.words)
    return found


async def _at(request: Request, parts: Parts, who: Asker, page: Callable[[Scene], Json]) -> Reply:
    """The set-up of the project asked about, in the open modal or in a new one."""
    run = await parts.db.read(_run, project=who.here)
    gesture = _gesture(request, parts, run.id if run else "-")

    async def build() -> Json:
        found = await parts.db.read(load.scene, gesture)
        if found is None:
            return answer.page(who.w, who.w("Cadrage"), [blocks.section(who.w.of(NOTHING_THERE))])
        return page(found)

    if not answer.in_modal(request):
        return answer.show(request, parts, who.w, who.w("Project set-up"), build)
    view_id = str((request.payload.get("view") or {}).get("id") or "")

    async def update() -> None:
        await parts.slack.update_view(request.workspace, view_id, await build())

    return Reply(after=update)


def _run(conn: Connection, *, project: Project) -> dialogues.Run | None:
    """The set-up of a project."""
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    return next((run for run in runs if run.flow == "D01"), None)


def _gesture(request: Request, parts: Parts, run_id: str) -> Gesture:
    who = Who(workspace=request.workspace, user=request.user)
    return Gesture(parts=parts, who=who, place=Place(dialogue=run_id), now=parts.clock.now())


def _place(request: Request) -> Place:
    """Where the form says it is; a forged one is as good as an empty one."""
    return unpacked(answer.metadata(request)) or Place(dialogue=NEW, nonce="")


ACTIONS: dict[str, Any] = {
    "setup.open": open_form,
    "setup.finish": finish,
    "setup.exit": exit_chosen,
    "setup.answer": answered_after_all,
    "team.change": change_team,
}
VIEWS: dict[str, Any] = {CALLBACK: create}
