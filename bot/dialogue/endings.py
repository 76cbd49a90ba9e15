"""The pages without a question: opening, done, closed, nothing there. Never a dead end (principle 11)."""

from typing import Any

from bot.blocks import actions, context, modal, section
from bot.dialogue.check import asked
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.elements import button
from bot.mrkdwn import Mrkdwn
from bot.policy import NOTHING_THERE
from bot.text import Wording
from flows.dialogue.sheet import standing

Json = dict[str, Any]


def opening(w: Wording) -> Json:
    """Shown at once, before anything is read."""
    return _page(w, w("Cadrage"), [section(w("Opening…"))])


def nothing_there(w: Wording) -> Json:
    """The same for what does not exist and what is not for this person."""
    return _page(w, w("Cadrage"), [section(w.of(NOTHING_THERE))])


def unavailable(w: Wording) -> Json:
    """The database did not answer while a page was being opened."""
    return _page(w, w("Cadrage"), [section(w("This cannot be shown right now. Close it and press again."))])


def done(scene: Scene, place: Place) -> Json:
    """ "Thank you": what was saved, what happens with it, who reads it, by when (B8, point 16)."""
    w = scene.w
    buttons = actions(button(w("See my answers"), "dialogue.check", value=scene.dialogue.id), block_id="ways")
    blocks = [section(_saved(scene)), section(_use(scene)), buttons]
    return modal(
        w("Thank you"),
        blocks,
        callback_id="dialogue.done",
        close=w.p("window", "Close"),
        metadata=place.packed(),
    )


def closed(scene: Scene, place: Place) -> Json:
    """Too late to answer: the answers are kept, and there is somebody to write to."""
    w, day = scene.w, scene.dialogue.closes_on
    told = (
        w.md("This closed on {day}. Your answers are kept.", day=w.day(day))
        if day and scene.today > day
        else w.md("This is closed. Your answers are kept.")
    )
    facilitator = scene.project.cast.holder("facilitator")
    blocks = [section(told)]
    if facilitator and facilitator != scene.dialogue.person:
        blocks.append(context(w.md("Want to add something? Tell {name}.", name=scene.person(facilitator))))
    ways = [button(w("See my answers"), "dialogue.check", value=scene.dialogue.id)]
    if scene.dialogue.closed:
        ways.append(button(w("See what came out"), "results.open", value=scene.dialogue.id))
    return modal(
        w.of(scene.flow.modal),
        [*blocks, actions(*ways, block_id="ways")],
        callback_id="dialogue.done",
        close=w.p("window", "Close"),
        metadata=place.packed(),
    )


def _saved(scene: Scene) -> Mrkdwn:
    """ "Saved. 5 answers, 1 open point (ISS-6).\""""
    w, questions = scene.w, tuple(asked(scene))
    stands = {question.id: standing(scene.dialogue, question) for question in questions}
    given = sum(1 for answer in stands.values() if answer is not None and answer.given)
    parts = [w.plural_md("{n} answer", "{n} answers", given)]
    unknown = [id for id, answer in stands.items() if answer is not None and answer.exit == "unknown"]
    if unknown:
        refs = [scene.refs[id] for id in unknown if id in scene.refs]
        points = w.plural_md("{n} open point", "{n} open points", len(unknown))
        parts.append(w.md("{points} ({refs})", points=points, refs=", ".join(refs)) if refs else points)
    return w.md("*Saved.* {what}.", what=Mrkdwn(", ").join(parts))


def _use(scene: Scene) -> Mrkdwn:
    """What happens with the answers: who reads them, by when, and that one will hear of it."""
    w, day = scene.w, scene.dialogue.closes_on
    facilitator = scene.project.cast.holder("facilitator")
    if facilitator == scene.dialogue.person:
        return w.md(
            "*What happens with it:* the team and the sponsor can read it. It feeds the first look, the "
            "register and the scoping note."
        )
    name = scene.person(facilitator) if facilitator else w.md("the facilitator")
    if day:
        return w.md(
            "*What happens with it:* read by {name} by {day}, when this closes; then the team and the "
            "sponsor see the answers side by side. You will be told what changed because of them.",
            name=name,
            day=w.day(day),
        )
    return w.md(
        "*What happens with it:* read by {name} once this closes; then the team and the sponsor see "
        "the answers side by side. You will be told what changed because of them.",
        name=name,
    )


def _page(w: Wording, title: str, blocks: list[Json]) -> Json:
    return modal(title, blocks, callback_id="page", close=w.p("window", "Close"))
