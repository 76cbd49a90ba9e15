"""The form "Ask a colleague": whom, a word to them, until when. Over a screen, or opened from a card."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from bot import answer, forms, people
from bot.delegation import hands, queueing
from bot.delegation.pages import ALL, subject
from bot.dialogue import check, course, gestures
from bot.dialogue.labels import label
from bot.dialogue.load import Gesture, after, scene
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.text import words
from flows.dialogue.asking import askable, kept_back, proposed, refusal
from flows.dialogue.delegation import Wish
from flows.dialogue.lending import WHOLE
from flows.project import Person
from storage import delegation, inbox
from storage.database import Connection

CALLBACK = "delegation.ask"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # Slack has not been asked
LONGEST = 300  # characters of the word to the colleague


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the form says, checked for shape only."""

    to: Person | None
    note: str
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of it: the errors by field, or the page as it stands now."""

    scene: Scene | None
    errors: dict[str, str]
    name: str = ""
    leaves: date | None = None  # the day of their message, where the colleague is, if not the next one


async def opened(request: Request, parts: Parts, question: str = "") -> Reply:
    """The form for one question of the screen underneath, or by a button's value for a whole dialogue."""
    inside = gestures.in_modal(request)
    place = None if inside else Place(dialogue=gestures.value(request), extra={"from": "card"})
    gesture = gestures.read(request, parts, place)
    place = replace(gesture.place, question=question or ALL)
    if inside:
        found = await parts.db.read(scene, gesture)
        return gestures.pushed(request, parts, gestures.nothing() if found is None else form(found, place))

    async def build() -> Json:
        found = await parts.db.read(scene, gesture)
        return gestures.nothing() if found is None else form(found, place)

    me = await people.known(parts, request.workspace, request.user)
    w = words(people.language(me))
    return answer.show(request, parts, w, w("Ask a colleague"), build)


def form(found: Scene, place: Place) -> Json:
    """The form; or the sentence that says why nothing can be asked here."""
    w, id = found.w, WHOLE if place.question == ALL else place.question
    questions = askable(found.flow, found.dialogue, id)
    if not questions:
        said = w("Nothing here can be asked of a colleague now.")
        return answer.page(w, w("Ask a colleague"), [blocks.section(said)])
    told = w.md(
        "{label} The answer will show both names: theirs, asked by {you}.",
        label=label(found, questions[0]),
        you=found.name(found.dialogue.person),
    )
    until = proposed(found.today, found.dialogue.closes_on)
    rows = [
        blocks.context(told),
        blocks.section(subject(found, id, len(questions))),
        *_stays(found, id),
        blocks.field(w("Who could answer?"), elements.user("who"), block_id="who"),
        blocks.field(
            w("A word to them"),
            elements.words("word", several_lines=True, most=LONGEST),
            block_id="word",
            optional=True,
        ),
        blocks.field(
            w("Answer wanted by"), elements.date("until", initial=until.isoformat()), block_id="until"
        ),
        blocks.context(w("If they say no, it comes back to you and nobody else is told.")),
    ]
    return blocks.modal(
        w("Ask a colleague"),
        rows,
        callback_id=CALLBACK,
        submit=w.p("a colleague", "Ask"),
        close=w("Back"),
        metadata=place.packed(),
    )


def _stays(found: Scene, id: str) -> list[Json]:
    """What a colleague who is asked for all of it does not get."""
    w = found.w
    if id != WHOLE:
        return []
    said = []
    if own := kept_back(found.flow, found.dialogue):
        said.append(
            w.plural(
                "{n} question stays with you: it is confidential, or yours alone.",
                "{n} questions stay with you: they are confidential, or yours alone.",
                own,
            )
        )
    if any(one.given and one.author == found.dialogue.person for one in found.dialogue.answers.values()):
        said.append(w("What you have answered stays as it is; they do not see it."))
    return [blocks.context(" ".join(said))] if said else []


async def sent(request: Request, parts: Parts) -> Reply:
    """The form was sent: the colleague is asked, or what stands in the way is said under its field."""
    gesture = replace(gestures.read(request, parts), fields={})
    said = await _said(request, parts)
    done: Done = await parts.db.run(_asked, gesture=gesture, said=said)
    parts.wake()
    if done.scene is None:
        return gestures.shown(gestures.nothing())
    if done.errors:
        return Reply(ack={"response_action": "errors", "errors": done.errors})
    found, place = done.scene, replace(gesture.place, question="")
    if place.extra.get("from") == "card":
        w = found.w
        told = w.md("*{name}* gets a private message in their hours.", name=done.name)
        if done.leaves is not None:
            told = w.md(
                "*{name}* finds it in Home now, and gets a private message on {day}: nobody is asked more "
                "than one thing a day.",
                name=done.name,
                day=w.day(done.leaves),
            )
        return gestures.shown(answer.page(w, w("Ask a colleague"), [blocks.section(told)]))
    under = gestures.underneath(request)
    view = course.opened(found) if gesture.place.question == ALL else gestures.retyped(found, gesture, place)
    return gestures.redrawn(request, parts, view, id=under)


async def _said(request: Request, parts: Parts) -> Said:
    user = answer.state(request, "who", "who").get("selected_user")
    note = str(answer.state(request, "word", "word").get("value") or "").strip()[:LONGEST]
    until = forms.day(answer.state(request, "until", "until").get("selected_date"))
    if not isinstance(user, str) or not user:
        return Said(to=None, note=note, until=until)
    return Said(to=await people.known(parts, request.workspace, user), note=note, until=until)


def _asked(conn: Connection, *, gesture: Gesture, said: Said) -> Done:
    """All in one transaction; the same form twice has one effect."""
    found, place, workspace = scene(conn, gesture, lock=True), gesture.place, gesture.who.workspace
    name = said.to.name if said.to else ""
    if found is None:
        return Done(scene=None, errors={})
    if place.nonce and inbox.form_result(conn, workspace=workspace, nonce=place.nonce) == {"asked": True}:
        return Done(scene=found, errors={}, name=name)
    wish, errors = _wish(found, place, said)
    if wish is None:
        return Done(scene=found, errors=errors)
    others = delegation.of_dialogue(conn, workspace=workspace, dialogue_id=found.dialogue.id)
    refused = refusal(found.flow, found.dialogue, wish, others, found.today)
    if refused is not None:
        return Done(scene=found, errors={refused.field or "who": found.w.of(refused.words)})
    turn, id = hands.begin(conn, scene=found, wish=wish, note=said.note, now=gesture.now)
    if place.nonce:
        done = {"asked": True}
        inbox.remember_form(conn, workspace=workspace, nonce=place.nonce, result=done, now=gesture.now)
    names, wanted = {wish.to.user: wish.to.name}, {wish.question: wish.until}
    named = replace(found, names={**found.names, **names}, wanted={**found.wanted, **wanted})
    leaves = queueing.leaves(
        conn, parts=gesture.parts, project=found.project, person=wish.to, id=id, now=gesture.now
    )
    return Done(scene=after(named, turn.dialogue), errors={}, name=name, leaves=leaves)


def _wish(found: Scene, place: Place, said: Said) -> tuple[Wish | None, dict[str, str]]:
    """What the form asks for, or what to correct by field."""
    w, errors = found.w, {}
    if check.closed(found):
        errors["who"] = w("Closed. Your answers are kept.")
    elif said.to is None:
        errors["who"] = w("Choose a person.")
    elif said.to.fetched_at <= NEVER:
        errors["who"] = w("Slack does not say right now who this is. Press again.")
    if said.until is None:
        errors["until"] = w("Choose a day.")
    if errors or said.to is None or said.until is None:
        return None, errors
    question = WHOLE if place.question == ALL else place.question
    return Wish(question=question, to=said.to, until=said.until), {}
