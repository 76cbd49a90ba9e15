"""One screen of a dialogue as a modal: label first, then the questions, then Back (journeys B2).

`build` draws, `read` takes the values back. Neither knows the database. Block ids carry the version
of the answer, so that what is typed survives a redraw and a saved change replaces it (slack.md A.2).
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.delegation import pages
from bot.dialogue import board, cards, exits, grid, rows, team
from bot.dialogue.labels import heading, label
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.dialogue.typed import under
from bot.dialogue.values import in_words
from bot.dialogue.widgets import ANSWER, WIDGETS, Ask
from bot.words.blocks import actions, context, modal, section
from bot.words.elements import button
from bot.words.limits import fit
from bot.words.mrkdwn import Mrkdwn, line, md, plain
from flows.dialogue import cases
from flows.dialogue.model import NOBODY, Question, Screen, Value
from flows.dialogue.sheet import standing

Json = dict[str, Any]
#: What goes in front of one question: a problem, a conflict.
Notes = Mapping[str, Sequence[Json]]
Typed = Mapping[str, Value]  # question id -> value typed but not saved

CALLBACK = "dialogue.screen"
#: How much of an answer is quoted where it made a question appear.
QUOTED = 80
#: Kinds whose answer Slack tells as soon as it is chosen; texts and figures only when they are sent.
TOLD = ("single", "multi", "scale5", "date", "person", "people")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a screen is drawn with besides its content."""

    typed: Typed = field(default_factory=dict)  # typed but not saved; goes before what is saved
    notes: Notes = field(default_factory=dict)
    top: Sequence[Json] = ()  # above the questions
    extra: Sequence[Json] = ()  # under them: what another capability asks on the same page
    exits: bool = True
    callback_id: str = CALLBACK
    submit: str = ""
    close: str = ""
    foot: str = ""  # what closing loses, where it is not the usual
    title: str = ""
    counted: bool = True  # says how far one is: not on a page that is no step of its own


def build(scene: Scene, screen: Screen, place: Place, around: Around | None = None) -> Json:
    """The modal of one screen."""
    w, around = scene.w, around or Around()
    blocks: list[Json] = [context(heading(scene, screen, counted=around.counted)), *around.top]
    blocks += [context(line) for line in purpose(scene, screen)]
    before = screen.questions[0].visibility
    for question in screen.questions:
        if question.visibility != before:
            blocks.append(context(label(scene, question)))
            before = question.visibility
        blocks += around.notes.get(question.id, ())
        blocks += group(scene, question, place, around)
    blocks += [*around.extra, *pages.refuse(scene)]
    if scene.position(screen.key) > 1 or place.then == "check":
        blocks.append(actions(button(w("Back"), "dialogue.back", value="back"), block_id="back"))
    blocks.append(context(around.foot or w("Screens you have passed are saved. Close whenever you like.")))
    return modal(
        around.title or w.of(screen.title or scene.flow.modal),
        blocks,
        callback_id=around.callback_id,
        submit=around.submit or (w("Save") if place.then == "check" else w("Next")),
        close=around.close or w.p("window", "Close"),
        metadata=place.packed(),
    )


def group(scene: Scene, question: Question, place: Place, around: Around) -> list[Json]:
    """One question: its input and its exits, or what was noted instead of an answer."""
    instead = exits.taken(scene, question, place) if around.exits else None
    if instead is not None:
        return instead
    blocks = _input(scene, question, around.typed, place)
    if question.cards:
        blocks += cards.shown(scene, question, _now(scene, question, around.typed))
    if around.exits and exits.offered(question, scene) and not _shown_before(scene, question):
        blocks.append(exits.choice(scene, question))
    return blocks


def block_id(scene: Scene, question: Question) -> str:
    """The start of the block ids of a question: its id, the version of what is saved, and a mark of
    its options where they depend on other answers."""
    answer = standing(scene.dialogue, question)
    whole = scene.flow.question(question.id)
    mark = ""
    if whole is not None and any(option.show_if for option in whole.options):
        offered = ",".join(option.value for option in question.options)
        mark = f"-{zlib.crc32(offered.encode()):08x}"
    return f"q:{question.id}:{answer.version if answer else 0}{mark}"


def read(scene: Scene, screen: Screen, place: Place, fields: Mapping[str, Any]) -> dict[str, Value]:
    """What was typed on this screen, by question id. A question answered by its extra button
    ("Nobody yet") has that value; one that was not on the view is left out."""
    values: dict[str, Value] = {}
    for question in screen.questions:
        found, present = _read_one(scene, question, place, fields)
        nobody = question.id in place.nobody or (not present and exits.is_nobody(scene, question))
        if nobody and question.none is not None:
            values[question.id] = NOBODY
        elif present:
            values[question.id] = found
    return values


def _read_one(
    scene: Scene, question: Question, place: Place, fields: Mapping[str, Any]
) -> tuple[Value, bool]:
    """The value of one question, and whether the view asked for it."""
    start = next((b for b in fields if b.split(":")[:2] == ["q", question.id]), None)
    own = under(fields, ":".join(start.split(":")[:3])) if start else {}
    if question.kind == "rows":
        if team.shape(scene.flow, question) == "list":
            kept = [dict(row) for row in rows.lines(scene, question)]
            return kept, standing(scene.dialogue, question) is None or bool(kept) or not question.minimum
        fixed = team.shape(scene.flow, question) == "grid"
        lines = (grid.read(question, own) if fixed else team.read(scene, question, own)) if start else None
        return lines, start is not None
    if question.kind == "moscow":
        return (board.read(question, place, own), True) if start else (None, False)
    return (WIDGETS[question.kind].read(question, own), True) if start else (None, False)


def error_block(scene: Scene, question: Question | None, fields: Mapping[str, Any]) -> str | None:
    """The block under which a problem of `question` (None: of the whole screen) can be shown; None
    when there is no input. A rank given twice is shown where it comes the second time, a need without
    a place at the first one that has none."""
    own = [block for block in fields if block.startswith(f"q:{question.id}:" if question else "q:")]
    if question is not None and question.kind == "moscow":
        return next((block for block in own if not fields[block]), own[0] if own else None)
    if question is not None and question.kind == "ranking":
        ranks = [fields[block] for block in own]
        twice = (block for n, block in enumerate(own) if ranks[n] is not None and ranks[n] in ranks[:n])
        return next(twice, own[0] if own else None)
    return own[0] if own else None


def hint(scene: Scene, question: Question, typed: Typed | None = None) -> str:
    """Why we ask; what made the question appear, saved or just chosen; whether it is needed."""
    w = scene.w
    parts = [w.of(question.why)] if _first_of_its_kind(scene, question) else []
    for condition in question.show_if:
        id = condition.question if condition.question in scene.flow.by_id else ""
        id = cases.same(id, question) if id and scene.flow.by_id[id].per else id
        asked = scene.known(id)
        value = _now(scene, asked, typed or {}) if asked is not None else None
        if asked is not None and value not in (None, "", []):
            said = fit(line(plain(in_words(scene, asked, value))), QUOTED).removesuffix(".")
            parts.append(w("Asked because you answered: {answer}.", answer=said))
    if question.requirement == "hard":
        parts.append(w("Needed to go on."))
    return " ".join(part for part in parts if part)


def _first_of_its_kind(scene: Scene, question: Question) -> bool:
    """Not a question that stands on the same screen about another record already."""
    base, _, ref = question.id.partition("@")
    for screen in scene.laid_out if ref else ():
        ids = [one.id for one in screen.questions if one.id.partition("@")[0] == base]
        if question.id in ids:
            return ids[0] == question.id
    return True


def _input(scene: Scene, question: Question, typed: Typed, place: Place) -> list[Json]:
    block, why = block_id(scene, question), hint(scene, question, typed)
    if question.kind == "rows":
        return _lines(scene, question, typed, place)
    if question.kind == "moscow":
        return board.drawn(scene, question, block, why, _now(scene, question, typed), place)
    told = question.kind in TOLD and (bool(question.cards) or question.id in scene.telling)
    ask = Ask(
        scene=scene,
        asked=question,
        block=block,
        label=scene.w.of(question.words),
        hint=why,
        optional=question.requirement == "optional",
        now=_now(scene, question, typed),
        action=f"dialogue.choose:{question.id}" if told else ANSWER,
        dispatch=told,
    )
    return WIDGETS[question.kind].ask(ask)


def _lines(scene: Scene, question: Question, typed: Typed, place: Place) -> list[Json]:
    """A table, in one of its three shapes."""
    block, why = block_id(scene, question), hint(scene, question, typed)
    lines = team.lines_of(typed.get(question.id), scene, question)
    draw: Mapping[str, Callable[[], list[Json]]] = {
        "list": lambda: rows.listed(scene, question, why, page=place.page),
        "choose": lambda: team.choose(scene, question, block, why, lines),
        "each": lambda: team.each(scene, question, block, why, lines),
        "grid": lambda: grid.drawn(scene, question, block, why, lines),
    }
    return draw[team.shape(scene.flow, question)]()


def purpose(scene: Scene, screen: Screen) -> list[Mrkdwn]:
    """What this screen is a part of, where its title does not say so; and what content adds to it."""
    w = scene.w
    named = screen.title is not None and screen.title != scene.flow.title
    notes = [md(w.of(screen.note))] if screen.note is not None else []
    return [*([md(w.of(scene.flow.title))] if named else []), *notes]


def _now(scene: Scene, question: Question, typed: Typed) -> Value:
    if question.id in typed:
        return typed[question.id]
    answer = scene.dialogue.answers.get(question.id)
    return answer.value if answer is not None and answer.exit is None else None


def _shown_before(scene: Scene, question: Question) -> bool:
    """The second screen of a question spread over two offers no exits: the first one did."""
    return question.kind == "rows" and team.shape(scene.flow, question) == "each"


def intro(scene: Scene) -> list[Json]:
    """A word of welcome above the first screen: what this is for, or where the person had stopped. What
    others answered for all does not mean that this person has been here."""
    far, here = scene.progress, scene.dialogue
    if not any(answer.author == here.person for answer in here.answers.values()):
        return [section(scene.w.of(scene.flow.intro))]
    if far.done and not far.finished and not scene.done:
        stopped = scene.w.md("Welcome back. You stopped at {n} of {total}.", n=far.done, total=far.total)
        return [section(Mrkdwn(stopped))]
    return []
