"""Lines of a table: the form of one pushed over the list, changed, doubled, removed; and the form for
what is asked of each person of a team. The list under the form is drawn again once a line is kept."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.dialogue import changes, course, gestures, line_changes, rows, team, turns, unfit
from bot.dialogue.load import Gesture, scene
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.dialogue.screens import Around
from bot.dialogue.turns import Taken
from bot.dialogue.values import in_line
from bot.parts import Parts
from bot.request import Reply, Request
from bot.words.blocks import alert, section
from bot.words.mrkdwn import Mrkdwn, bold
from flows.dialogue import kinds
from flows.dialogue.model import Question, Value

Json = dict[str, Any]
CARRIED = 2000  # characters, of the 3000 a view may carry
#: What a choice of a line's menu makes of the lines; "change" opens the form instead.
MENU: Mapping[str, Callable[[str], line_changes.Change]] = {
    "duplicate": line_changes.doubled,
    "up": lambda line: line_changes.moved(line, -1),
    "down": lambda line: line_changes.moved(line, 1),
    "remove": line_changes.removed,
}


async def add(request: Request, parts: Parts) -> Reply:
    """An empty form for one more line."""
    return await _form(request, parts, gestures.target(request), "")


async def menu(request: Request, parts: Parts) -> Reply:
    """Change, Duplicate, Move up, Move down, Remove."""
    question, line = gestures.target(request), gestures.target(request, 2)
    choice = gestures.value(request)
    if choice == "change":
        return await _form(request, parts, question, line)
    if choice not in MENU:
        return Reply()
    gesture = gestures.read(request, parts)
    gesture = replace(gesture, place=replace(gesture.place, question=question, line=line, nonce=""))
    change = MENU[choice](line)
    taken = await parts.db.run(turns.keep_rows, gesture=gesture, change=change)
    warned = taken.turn.warnings if taken.turn is not None and not taken.turn.consequences else ()
    if warned:  # said beside the list: what was chosen can be undone in the same place
        taken = await parts.db.run(turns.keep_rows, gesture=gesture, change=change, confirmed=True)
    if taken.scene is not None and taken.turn is not None and taken.turn.consequences:
        view = changes.page(taken.scene, gesture.place, taken.turn, callback_id="dialogue.line.gone")
        return gestures.pushed(request, parts, view)
    return gestures.redrawn(request, parts, _list(gesture, taken, gone=choice == "remove"))


async def undone(request: Request, parts: Parts) -> Reply:
    """ "Undo" after a line was removed."""
    gesture = gestures.read(request, parts)
    question, line = gestures.target(request), gestures.target(request, 2)
    gesture = replace(gesture, place=replace(gesture.place, question=question, line=line, nonce=""))
    taken = await parts.db.run(turns.put_back, gesture=gesture)
    return gestures.redrawn(request, parts, _list(gesture, taken))


async def gone(request: Request, parts: Parts) -> Reply:
    """ "Change it" on the page that says what removing a line brings about."""
    gesture = gestures.read(request, parts)
    taken = await parts.db.run(
        turns.keep_rows, gesture=gesture, change=line_changes.removed(gesture.place.line), confirmed=True
    )
    view = _list(replace(gesture, fields={}), taken, gone=True)
    return gestures.redrawn(request, parts, view, id=gestures.underneath(request))


async def sent(request: Request, parts: Parts) -> Reply:
    """The form of one line was sent."""
    gesture = gestures.read(request, parts)
    strangers = await unfit.met(gesture)
    found = await parts.db.read(scene, gesture)
    question = found.question(gesture.place.question) if found else None
    if found is None or question is None:
        return gestures.shown(gestures.nothing())
    row = rows.read(question, gesture.fields)
    errors = {**_errors(found, question, row), **strangers}
    if errors:
        return Reply(ack={"response_action": "errors", "errors": errors})
    place = gesture.place
    change = line_changes.put(place.line, row, shown=place.extra.get("shown", ""))
    confirmed = bool(place.agreed) and place.agreed == turns.mark(row)
    taken = await parts.db.run(turns.keep_rows, gesture=gesture, change=change, confirmed=confirmed)
    return _kept(request, gesture, taken, row)


async def each(request: Request, parts: Parts) -> Reply:
    """Opens the form for what is asked of each person besides the screen's own choice."""
    gesture = gestures.read(request, parts)
    found = await parts.db.read(scene, gesture)
    question = _spread(found, gesture.place.screen, gestures.target(request)) if found else None
    if found is None or question is None:
        return gestures.redrawn(request, parts, gestures.nothing())
    place = replace(
        Place(dialogue=gesture.place.dialogue, lent=gesture.place.lent),
        screen=gesture.place.screen, then=gesture.place.then,
        question=question.id, extra={"typed": carried(gesture.fields)},
    )  # fmt: skip
    return gestures.pushed(request, parts, team.form(found, question, place))


async def each_sent(request: Request, parts: Parts) -> Reply:
    """What is asked of each person was sent."""
    gesture = gestures.read(request, parts)
    found = await parts.db.read(scene, gesture)
    question = _spread(found, gesture.place.screen, gesture.place.question) if found else None
    if found is None or question is None:
        return gestures.shown(gestures.nothing())
    change = team.put_form(question, gesture.fields)
    taken = await parts.db.run(turns.keep_rows, gesture=gesture, change=change, confirmed=True)
    return _kept(request, gesture, taken, {}, underneath=brought(gesture.place.extra.get("typed", "")))


async def _form(request: Request, parts: Parts, id: str, line: str) -> Reply:
    gesture = gestures.read(request, parts)
    found = await parts.db.read(scene, gesture)
    question = found.question(id) if found else None
    if found is None or question is None:
        return gestures.redrawn(request, parts, gestures.nothing())
    row = rows.find(found, question, line) or {}
    fresh = Place(dialogue=gesture.place.dialogue, lent=gesture.place.lent)
    place = replace(
        fresh, screen=gesture.place.screen, then=gesture.place.then, nobody=gesture.place.nobody,
        seen=gesture.place.seen, question=id, line=line if row else "",
        extra={"shown": line_changes.digest(row)} if row else {},
    )  # fmt: skip
    return gestures.pushed(request, parts, rows.form(found, question, place, row))


def _kept(
    request: Request,
    gesture: Gesture,
    taken: Taken,
    row: Mapping[str, Value],
    underneath: Mapping[str, Any] | None = None,
) -> Reply:
    """The form closes and the list shows the line; or the form says what stands in the way.
    `underneath`: what was chosen on the screen before the form was opened over it."""
    found, place = taken.scene, gesture.place
    question = found.question(place.question) if found else None
    if found is None or question is None:
        return gestures.shown(gestures.nothing())
    if taken.turn is not None and taken.turn.problems:
        problem = found.w.of(taken.turn.problems[0].words)
        field = _field_of(found, question, gesture.fields)
        return Reply(ack={"response_action": "errors", "errors": {field: problem}})
    if taken.overtaken:
        theirs = rows.find(found, question, place.line) or {}
        again = replace(
            place,
            extra={"shown": line_changes.digest(theirs)} if theirs else {},
            line=place.line if theirs else "",
        )
        told = _theirs(found, question, theirs)
        submit = found.w("Replace") if theirs else ""
        return gestures.shown(rows.form(found, question, again, row, alerts=told, submit=submit))
    if taken.turn is not None and (taken.turn.consequences or taken.turn.warnings):
        again = replace(place, agreed=turns.mark(row))
        told = [block for one in taken.turn.consequences for block in changes.explained(found, one)]
        submit = found.w("Change it") if told else ""
        told += changes.warned(found, taken.turn)
        return gestures.shown(rows.form(found, question, again, row, alerts=told, submit=submit))
    view = _list(replace(gesture, fields=underneath or {}), taken)
    return gestures.redrawn(request, gesture.parts, view, id=gestures.underneath(request))


def carried(fields: Mapping[str, Any]) -> str:
    """What is chosen on a screen, to travel with the form opened over it: saving that form gives the
    screen's fields new ids, and Slack would forget the choices. Ids only; free text keeps its field."""
    chosen = {block: value for block, value in fields.items() if isinstance(value, list) or _is_id(value)}
    packed = json.dumps(chosen, separators=(",", ":"))
    return packed if len(packed) <= CARRIED else ""


def brought(typed: str) -> dict[str, Any]:
    """What `carried` packed; nothing when it is not that (T11)."""
    try:
        found = json.loads(typed)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_id(value: object) -> bool:
    return isinstance(value, str) and value.isidentifier()


def _list(gesture: Gesture, taken: Taken, *, gone: bool = False) -> Json:
    """The screen with the list, as it stands now. `gone`: a line was just removed."""
    found, place = taken.scene, gesture.place
    screen = found.screen(place.screen) if found else None
    if found is None or screen is None:
        return gestures.nothing() if found is None else course.opened(found)
    seen = course.at(found, screen, place).seen
    mine = {**place.seen, **{id: n for id, n in seen.items() if id == place.question or id not in place.seen}}
    clean = replace(course.fresh(found), screen=place.screen, then=place.then, nobody=place.nobody, seen=mine)
    problems = taken.turn.problems if taken.turn else ()
    notes = {problem.question: (alert(found.w.of(problem.words), level="error"),) for problem in problems}
    question = found.question(place.question)
    if question is not None:
        clean = replace(clean, page=rows.page_of(found, question, place.line))
        if gone and not problems:
            notes = {question.id: (rows.gone(found, question, place.line),)}
    return gestures.retyped(found, gesture, clean, Around(notes=notes))


def _field_of(found: Scene, question: Question, fields: Mapping[str, Any]) -> str:
    """Where a problem of the whole line is said: under a date that is past, where there is one."""
    past = (
        rows.field_of(column.key)
        for column in question.columns
        if column.kind == "date"
        and str(fields.get(rows.field_of(column.key)) or "9") < found.today.isoformat()
    )
    return next(past, next(iter(fields), ""))


def _theirs(found: Scene, question: Question, row: Mapping[str, Value]) -> list[Json]:
    """Somebody else has changed this very line: their text, and the choice."""
    w, answer = found.w, found.dialogue.answers.get(question.id)
    if not row:
        return [alert(w.md("This line was removed meanwhile. Keeping yours adds it again."))]
    author = bold(found.person(answer.author)) if answer else w.md("Somebody")
    told = w.md(
        "{name} changed this line meanwhile. Keep theirs with Back, or replace it with yours.", name=author
    )
    return [alert(told), section(Mrkdwn("> ") + in_line(found, question.columns, row))]


def _errors(found: Scene, question: Question, row: Mapping[str, Value]) -> dict[str, str]:
    """What is wrong in each column, under its field."""
    errors = {}
    for column in question.columns:
        refused = kinds.check_row(replace(question, columns=(column,)), row)
        if isinstance(refused, kinds.Refused):
            errors[rows.field_of(column.key)] = found.w.of(refused.words)
    return errors


def _spread(found: Scene, screen: str, id: str) -> Question | None:
    """The question as its second screen asks it."""
    asked = found.screen(screen)
    return next((q for q in asked.questions if q.id == id), None) if asked else None
