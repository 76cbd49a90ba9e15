"""What a wave answers to the sending, and its pages that ask nothing: recorded, already, closed, nothing.

The answer to the sending is the only confirmation there is: no message follows (5.3 rule 6).
"""

from typing import Any

from bot import answer
from bot.parts import Parts
from bot.waves.scene import Scene
from bot.waves.screens import coach_button, of_step
from bot.words import blocks
from bot.words.text import Wording

Json = dict[str, Any]
DONE = "anonymous.done"


def recorded(scene: Scene, *, loud: bool) -> Json:
    """The ballot is in the box. Same words for everybody; only the colour of the button may differ."""
    w = scene.w
    until = w.md(
        "*Anonymous.* Results after {date}, if at least {least} people answered.",
        date=w.day(scene.wave.closes_on),
        least=scene.wave.threshold,
    )
    if of_step(scene.wave.what):
        until = w.md(
            "*Anonymous.* Read by the group once the step is over, if at least {least} people wrote.",
            least=scene.wave.threshold,
        )
    rows = [
        blocks.section(
            w.md("Recorded, thank you. Your ballot is in the box: it cannot be found, changed or withdrawn.")
        ),
        blocks.context(until),
    ]
    return _page(scene, [*rows, *_coach(scene, loud=loud)])


def already(scene: Scene) -> Json:
    """A second ballot of the same person. Says nothing of what is in either."""
    said = scene.w("Already recorded: a first ballot is in the box, and only that one counts.")
    return _page(scene, [blocks.section(said)])


def closed(scene: Scene) -> Json:
    """The wave is closed; nothing was recorded."""
    w = scene.w
    last = min(scene.wave.closed_on or scene.wave.closes_on, scene.wave.closes_on)
    rows = [
        blocks.section(w("This wave is closed.")),
        blocks.context(w.md("Its last day was {date}. Nothing was recorded now.", date=w.day(last))),
    ]
    return _page(scene, rows)


def unsound(scene: Scene, parts: Parts) -> Json:
    """The server has another key than the one this box was sealed with."""
    w, operator = scene.w, parts.settings.operator
    said = w("This wave cannot be answered: the key of the server has changed since it was opened.")
    rows = [blocks.section(said)]
    if operator:
        rows.append(blocks.context(w.md("This server is run by {operator}.", operator=operator)))
    return _page(scene, rows)


def failed(w: Wording) -> str:
    """Under the first field of the screen, which keeps everything."""
    return w("Not recorded. Your answers are still on this screen: please send again.")


def nothing(w: Wording) -> Json:
    """For somebody who is not invited, and for an id of nothing: the same page."""
    return answer.page(w, w("Cadrage"), [blocks.section(w("I find nothing there for you."))])


def _coach(scene: Scene, *, loud: bool) -> list[Json]:
    """The neutral coach, or whom to turn to outside the line."""
    w = scene.w
    if scene.coach:
        said = w.md(
            "If you would like to talk to someone neutral: {coach}. The button tells only the coach that you "
            "would like to talk, and nothing about your answers.",
            coach=scene.coach,
        )
        return [blocks.section(said), blocks.actions(coach_button(scene, loud=loud))]
    if scene.hr:
        said = w.md(
            "No neutral coach is named yet. Outside the line, you can turn to {hr} (HR).", hr=scene.hr
        )
        return [blocks.section(said)]
    return []


def _page(scene: Scene, rows: list[Json]) -> Json:
    return answer.page(scene.w, scene.w.of(scene.content.title), rows, callback_id=DONE)
