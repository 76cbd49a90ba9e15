"""The board on which needs are placed (MoSCoW): its four boxes side by side, then one choice a need.

Forty needs a page. What was placed on the other pages travels with the form, as ids only.
"""

from collections.abc import Mapping
from typing import Any

from bot.dialogue.labels import position
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.dialogue.values import MOSCOW, musts
from bot.words.blocks import actions, context, field, fields, section
from bot.words.elements import button, option, select
from bot.words.limits import fit
from bot.words.mrkdwn import Mrkdwn, bold, md
from flows.dialogue.model import Question, Value

Json = dict[str, Any]
PER_PAGE = 40
LISTED = 12  # needs named in one box; the others are counted
SHORT = 60  # characters of a need's name there; its own field has all of it
CARRIED = "board"


def drawn(scene: Scene, question: Question, block: str, hint: str, now: Value, place: Place) -> list[Json]:  # noqa: PLR0913, PLR0917 - what any question is drawn from
    """The question, the boxes as they stand, the needs of this page."""
    w, places = scene.w, {**_dict(now), **carried(place)}
    start = first(question, place)
    shown = question.options[start : start + PER_PAGE]
    boxes = [option(w(name), box) for box, name in MOSCOW.items()]
    blocks = [section(scene.asked(question)), *([context(hint)] if hint else [])]
    blocks += summary(scene, question, places)
    for need in shown:
        element = select(f"dialogue.choose:{question.id}", boxes, initial=places.get(need.value))
        blocks.append(field(w.of(need.label), element, block_id=f"{block}:{need.value}", dispatch=True))
    return [*blocks, *_pages(scene, question, start)]


def summary(scene: Scene, question: Question, places: Mapping[str, str]) -> list[Json]:
    """The four boxes side by side, what is left to place, and what the must-haves weigh."""
    w = scene.w
    cells = [_box(scene, question, places, box) for box in MOSCOW]
    left = sum(places.get(need.value) not in MOSCOW for need in question.options)
    told = [w.plural_md("{n} need still to place.", "{n} needs still to place.", left)] if left else []
    weight = musts(scene, places)
    told.append(weight or w.md("What the must-haves weigh appears once sizes are given."))
    return [fields(*cells, block_id=f"board:{question.id}"), context(Mrkdwn(" ").join(told))]


def read(question: Question, place: Place, typed: Mapping[str, Any]) -> Value:
    """Every need that has a place: those of this page as typed, the others as carried along."""
    known = {**carried(place), **{need: box for need, box in typed.items() if box}}
    return {need.value: known[need.value] for need in question.options if need.value in known} or None


def packed(question: Question, places: Mapping[str, str]) -> str:
    """The places given so far, to travel with the form: "REQ-1M REQ-2S"."""
    offered = {need.value for need in question.options}
    return " ".join(f"{ref}{box}" for ref, box in places.items() if ref in offered and box in MOSCOW)


def carried(place: Place) -> dict[str, str]:
    """What `packed` made of them. User input: anything else is left out."""
    words = place.extra.get(CARRIED, "").split()
    return {word[:-1]: word[-1] for word in words if word[-1] in MOSCOW and word[:-1]}


def first(question: Question, place: Place) -> int:
    """The number of the first need of the page, from 0."""
    last = max(len(question.options) - 1, 0) // PER_PAGE
    return min(place.page, last) * PER_PAGE


def _box(scene: Scene, question: Question, places: Mapping[str, str], box: str) -> Mrkdwn:
    inside = [need for need in question.options if places.get(need.value) == box]
    lines = [md(f"• {fit(scene.w.of(need.label), SHORT)}") for need in inside[:LISTED]]
    if len(inside) > LISTED:
        lines.append(scene.w.md("… and {n} more", n=len(inside) - LISTED))
    head = bold(scene.w(MOSCOW[box])) + f" · {len(inside)}"
    return Mrkdwn("\n").join([head, *lines])


def _pages(scene: Scene, question: Question, start: int) -> list[Json]:
    total, w, buttons = len(question.options), scene.w, []
    if total <= PER_PAGE:
        return []
    number = start // PER_PAGE
    if start:
        buttons.append(button(w("Previous page"), "dialogue.turn:back", value=f"{number - 1}"))
    if start + PER_PAGE < total:
        buttons.append(button(w("Next page"), "dialogue.turn:on", value=f"{number + 1}"))
    return [context(position(scene, start, PER_PAGE, total)), actions(*buttons, block_id="turn")]


def _dict(now: Value) -> dict[str, str]:
    return {str(key): str(value) for key, value in now.items()} if isinstance(now, dict) else {}
