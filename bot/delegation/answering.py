"""What the colleague and the one who asked can do: answer, say no, later, stop, take it back."""

from typing import Any

from bot import answer, forms, people
from bot.delegation import asking, card, hands, queueing
from bot.delegation.pages import ALL
from bot.dialogue import check, course, gestures, opening
from bot.dialogue.load import Gesture, scene
from bot.dialogue.place import Place
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.text import Wording, words
from flows import cadence
from flows.dialogue.delegation import may_change, open_for
from flows.dialogue.lending import WHOLE
from storage import delegation
from storage import dialogue as dialogues
from storage import project as projects
from storage.database import Connection
from storage.schedule import Due

DECLINE = "delegation.no"
LONGEST = 300  # characters of a reason


async def opened(request: Request, parts: Parts) -> Reply:
    """[Answer], [Continue], [Change my answer]: what was asked, and nothing else."""
    id = gestures.value(request)
    found = await parts.db.read(card.errand, parts, workspace=request.workspace, id=id, reader=request.user)
    w = await _wording(request, parts)
    if found is None or found.asked.to_user != request.user:
        return answer.tell(request, parts, w, w("I find nothing there for you."))
    if not (
        open_for(found.flow, found.sheet, found.asked) or may_change(found.flow, found.sheet, found.asked)
    ):
        await parts.db.run(_again, request=request, parts=parts, id=id)
        parts.wake()
        return answer.tell(request, parts, w, w("This no longer waits for you. Nothing more to do."))
    await parts.db.run(hands.accept, workspace=request.workspace, asked=found.asked, now=parts.clock.now())
    parts.wake()
    place = Place(dialogue=found.asked.dialogue_id, lent=id)
    return opening.shown(request, parts, place)


async def refuse(request: Request, parts: Parts) -> Reply:
    """[Not me]: a form that asks why, if they like."""
    id = gestures.value(request)
    found = await parts.db.read(card.errand, parts, workspace=request.workspace, id=id, reader=request.user)
    w = await _wording(request, parts)
    if found is None or found.asked.to_user != request.user or not found.asked.live:
        return answer.tell(request, parts, w, w("This no longer waits for you. Nothing more to do."))

    async def build() -> Json:
        rows = [
            blocks.section(card.topic(found)),
            blocks.field(
                w("Why, if you like"),
                elements.words("why", several_lines=True, most=LONGEST),
                block_id="why",
                optional=True,
                hint=w("{name} reads it, and nobody else.", name=found.asker),
            ),
        ]
        return blocks.modal(
            w("Not me"),
            rows,
            callback_id=DECLINE,
            submit=w("Say no"),
            close=w("Back"),
            metadata=forms.packed(delegation=id),
        )

    return answer.show(request, parts, w, w("Not me"), build)


async def refused(request: Request, parts: Parts) -> Reply:
    """The form was sent: it goes back to the one who asked."""
    id = forms.held(answer.metadata(request)).get("delegation", "")
    why = str(answer.state(request, "why", "why").get("value") or "").strip()[:LONGEST]
    done = await parts.db.run(_decline, request=request, parts=parts, id=id, why=why)
    parts.wake()
    w = await _wording(request, parts)
    said = (
        w("Noted. Nobody else is told.") if done else w("This no longer waits for you. Nothing more to do.")
    )
    view = answer.page(w, w("Not me"), [blocks.section(said)])
    return Reply(
        ack={"response_action": "clear"} if _stacked(request) else {"response_action": "update", "view": view}
    )


async def later(request: Request, parts: Parts) -> Reply:
    """[Later]: the one reminder, in two working days."""
    at = await parts.db.run(_later, request=request, parts=parts, id=gestures.value(request))
    w = await _wording(request, parts)
    if at is None:
        return answer.tell(
            request, parts, w, w("No reminder: the day comes first, or it waits for you no longer.")
        )
    return answer.tell(request, parts, w, w.md("One reminder on {day}, then no more.", day=w.day(at.date())))


async def stop(request: Request, parts: Parts) -> Reply:
    """[Stop reminding me]."""
    await parts.db.run(_stop, request=request, id=gestures.value(request))
    w = await _wording(request, parts)
    return answer.tell(
        request, parts, w, w("No more reminders for this one. It stays in Home until it is answered.")
    )


async def taken_back(request: Request, parts: Parts) -> Reply:
    """[Take it back] in Home, by the one who asked."""
    done = await parts.db.run(_withdraw, request=request, parts=parts, id=gestures.value(request))
    parts.wake()
    w = await _wording(request, parts)
    said = (
        w("It is yours again.")
        if done
        else w("Nothing to take back: it has been answered or settled meanwhile.")
    )
    return answer.tell(request, parts, w, said)


async def returned(request: Request, parts: Parts) -> Reply:
    """[Take it back] on a page of the dialogue, which is drawn again."""
    gesture, question = gestures.read(request, parts), gestures.value(request)
    await parts.db.run(_withdraw_question, gesture=gesture, question=WHOLE if question == ALL else question)
    parts.wake()
    on_check = (request.payload.get("view") or {}).get("callback_id") == check.CALLBACK
    draw = check.page if on_check else (lambda found, _: course.opened(found))
    return await gestures.page(request, parts, draw, refs=True)


def due_reminder(conn: Connection, due: Due, now: Any) -> None:
    """The one reminder is due."""
    project = projects.get(conn, workspace=due.workspace, id=str(due.data.get("project", "")))
    asked = delegation.get(conn, workspace=due.workspace, id=str(due.data.get("delegation", "")))
    if project is not None and asked is not None and asked.live:
        queueing.reminder(conn, project=project, asked=asked, now=now)


def due_over(conn: Connection, due: Due, now: Any, parts: Parts) -> None:
    """The day has passed: it goes back to the one who asked."""
    id, flows = str(due.data.get("delegation", "")), parts.playbook.flows
    hands.settle(conn, workspace=due.workspace, id=id, state="expired", flows=flows, now=now)


def _decline(conn: Connection, *, request: Request, parts: Parts, id: str, why: str) -> bool:
    asked = hands.lent(conn, workspace=request.workspace, id=id, user=request.user)
    return asked is not None and hands.settle(
        conn,
        workspace=request.workspace,
        id=id,
        state="declined",
        flows=parts.playbook.flows,
        now=parts.clock.now(),
        reason=why,
    )


def _withdraw(conn: Connection, *, request: Request, parts: Parts, id: str) -> bool:
    asked = delegation.get(conn, workspace=request.workspace, id=id)
    return (
        asked is not None
        and asked.from_user == request.user
        and hands.settle(
            conn,
            workspace=request.workspace,
            id=id,
            state="withdrawn",
            flows=parts.playbook.flows,
            now=parts.clock.now(),
        )
    )


def _withdraw_question(conn: Connection, *, gesture: Gesture, question: str) -> None:
    who, id = gesture.who, gesture.place.dialogue
    if scene(conn, gesture, lock=True) is None:
        return
    for one in delegation.of_dialogue(conn, workspace=who.workspace, dialogue_id=id):
        if one.live and one.from_user == who.user and one.question == question:
            hands.settle(
                conn,
                workspace=who.workspace,
                id=one.id,
                state="withdrawn",
                flows=gesture.parts.playbook.flows,
                now=gesture.now,
            )


def _later(conn: Connection, *, request: Request, parts: Parts, id: str) -> Any:
    asked = hands.lent(conn, workspace=request.workspace, id=id, user=request.user)
    run = dialogues.run(conn, workspace=request.workspace, id=asked.dialogue_id) if asked else None
    project = projects.get(conn, workspace=request.workspace, id=run.project_id) if run else None
    if asked is None or project is None or not asked.live:
        return None
    at = queueing.later(conn, project=project, asked=asked, now=parts.clock.now())
    return at.astimezone(cadence.zone(project.zone)) if at else None


def _stop(conn: Connection, *, request: Request, id: str) -> None:
    asked = hands.lent(conn, workspace=request.workspace, id=id, user=request.user)
    if asked is not None:
        queueing.silenced(conn, workspace=request.workspace, asked=asked)


def _again(conn: Connection, *, request: Request, parts: Parts, id: str) -> None:
    """An old card is drawn anew."""
    asked = hands.lent(conn, workspace=request.workspace, id=id, user=request.user)
    run = dialogues.run(conn, workspace=request.workspace, id=asked.dialogue_id) if asked else None
    project = projects.get(conn, workspace=request.workspace, id=run.project_id) if run else None
    if asked is not None and project is not None:
        queueing.card(conn, project=project, asked=asked, now=parts.clock.now())


async def _wording(request: Request, parts: Parts) -> Wording:
    return words(people.language(await people.known(parts, request.workspace, request.user)))


def _stacked(request: Request) -> bool:
    """The form stood over another page."""
    view = request.payload.get("view") or {}
    return bool(view.get("previous_view_id"))


ACTIONS: dict[str, Any] = {
    "delegation.whole": asking.opened,  # value: "all" in a modal, else the id of the dialogue
    "delegation.answer": opened,
    "delegation.no": refuse,
    "delegation.later": later,
    "delegation.stop": stop,
    "delegation.back": taken_back,  # value: id of the delegation
    "delegation.return": returned,  # value: id of the question, or "all"
}
VIEWS: dict[str, Any] = {asking.CALLBACK: asking.sent, DECLINE: refused}
DUE = {queueing.REMIND: due_reminder}
DUE_WITH_PARTS = {queueing.OVER: due_over}
