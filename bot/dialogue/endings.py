"""The pages without a question: opening, done, closed, nothing there. Never a dead end (principle 11)."""

from typing import Any

from bot.dialogue.check import asked
from bot.dialogue.labels import roles
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.policy import NOTHING_THERE
from bot.words.blocks import actions, modal, section
from bot.words.elements import button
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from flows.dialogue.model import RESTRICTED_TO
from flows.dialogue.sheet import standing

Json = dict[str, Any]


def opening(w: Wording) -> Json:
    """Shown at once, before anything is read."""
    return _page(w, w("Cadrage"), [section(w("Opening…"))])


def nothing_there(w: Wording, *others: Wording) -> Json:
    """The same for what does not exist and what is not for this person. `others`: said in these
    languages too, when nobody knows which one the person reads."""
    return _page(w, w("Cadrage"), [section(each.of(NOTHING_THERE)) for each in (w, *others)])


def unavailable(w: Wording) -> Json:
    """The database did not answer while a page was being opened."""
    return _page(w, w("Cadrage"), [section(w("This cannot be shown right now. Close it and press again."))])


def done(scene: Scene, place: Place) -> Json:
    """ "Thank you": what was saved, what happens with it, who reads it, by when (B8, point 16)."""
    w, day = scene.w, scene.dialogue.closes_on
    facilitator = scene.project.cast.holder("facilitator")
    questions = tuple(asked(scene))
    secret = [question for question in questions if question.visibility == "restricted"]
    readers = (reader for question in secret for reader in question.seen_by or RESTRICTED_TO)
    told = w.render(
        "done",
        audience=roles(w, dict.fromkeys(readers)) if secret == [*questions] else "",
        some=bool(secret),
        what=_saved(scene),
        mine=facilitator == scene.dialogue.person,
        name=scene.person(facilitator) if facilitator else w.md("the facilitator"),
        day=w.day(day) if day else "",
    )
    return modal(
        w("Thank you"),
        [*paragraphs(told), _ways(scene)],
        callback_id="dialogue.done",
        close=w.p("window", "Close"),
        metadata=place.packed(),
    )


def _ways(scene: Scene) -> Json:
    """On from here: whoever set the project up sends the invitations next."""
    w, project = scene.w, scene.project
    ways = [button(w("See my answers"), "dialogue.check", value=scene.dialogue.id)]
    if scene.flow.id == "D01" and project.cast.holder("facilitator") == scene.dialogue.person:
        invite = button(w("Invite the team"), "invite.open", value=project.id, style="primary")
        ways = [invite, button(w("First look"), "look.open", value=project.id), *ways]
    return actions(*ways, block_id="ways")


def closed(scene: Scene, place: Place) -> Json:
    """Too late to answer: the answers are kept, and there is somebody to write to."""
    w, day = scene.w, scene.dialogue.closes_on
    facilitator = scene.project.cast.holder("facilitator")
    told = w.render(
        "closed",
        day=w.day(day) if day and scene.today > day else "",
        name=scene.person(facilitator) if facilitator and facilitator != scene.dialogue.person else "",
    )
    ways = [button(w("See my answers"), "dialogue.check", value=scene.dialogue.id)]
    if scene.dialogue.closed:
        ways.append(button(w("See what came out"), "results.open", value=scene.dialogue.id))
    return modal(
        w.of(scene.flow.modal),
        [*paragraphs(told), actions(*ways, block_id="ways")],
        callback_id="dialogue.done",
        close=w.p("window", "Close"),
        metadata=place.packed(),
    )


def paragraphs(told: Mrkdwn) -> list[Json]:
    """One section for each paragraph of a template."""
    return [section(Mrkdwn(part.strip())) for part in told.split("\n\n") if part.strip()]


def _saved(scene: Scene) -> Mrkdwn:
    """ "5 answers, 1 open point (ISS-6)"."""
    w, questions = scene.w, tuple(asked(scene))
    stands = {question.id: standing(scene.dialogue, question) for question in questions}
    given = sum(1 for answer in stands.values() if answer is not None and answer.given)
    parts = [w.plural_md("{n} answer", "{n} answers", given)]
    unknown = [id for id, answer in stands.items() if answer is not None and answer.exit == "unknown"]
    if unknown:
        refs = [scene.refs[id] for id in unknown if id in scene.refs]
        points = w.plural_md("{n} open point", "{n} open points", len(unknown))
        parts.append(w.md("{points} ({refs})", points=points, refs=", ".join(refs)) if refs else points)
    later = sum(1 for answer in stands.values() if answer is not None and answer.exit == "later")
    if later:
        parts.append(w.plural_md("{n} kept for later", "{n} kept for later", later))
    return Mrkdwn(", ").join(parts)


def _page(w: Wording, title: str, blocks: list[Json]) -> Json:
    return modal(title, blocks, callback_id="page", close=w.p("window", "Close"))
