"""The three exits of a question: the list that offers them, and what stands in the question's place.

Leaving is never punished and never shown to others (principle 6). `hard` and optional questions
have no exits; anonymous ones neither (0.5).
"""

from typing import Any

from bot.delegation import pages
from bot.dialogue.labels import role
from bot.dialogue.later import reminders
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.words.blocks import actions, section
from bot.words.elements import button, option, select
from bot.words.mrkdwn import Mrkdwn
from flows.cadence import add_working_days, zone
from flows.dialogue.asking import askable
from flows.dialogue.model import NOBODY, Answer, Question
from flows.dialogue.sheet import standing
from flows.dialogue.who import owner

Json = dict[str, Any]
#: Working days an open point made by "I don't know" has (0.5).
DUE = 10


def offered(question: Question, scene: Scene | None = None) -> bool:
    """Whether this question has exits at all. A colleague who was asked has one, for all of it."""
    if scene is not None and scene.lent is not None:
        return False
    return question.requirement == "required" and question.visibility != "anonymous"


def choice(scene: Scene, question: Question) -> Json:
    """The list "Can't answer this one?"."""
    w = scene.w
    options = [
        option(w("I don’t know"), "unknown"),
        option(w("Outside my scope"), "outside"),
        option(w("Remind me later"), "later"),
    ]
    if scene.run is not None and askable(scene.flow, scene.dialogue, question.id):
        options.append(option(w("Ask a colleague"), "asked"))
    if question.none:
        options.insert(0, option(w.of(question.none), NOBODY))
    element = select(f"dialogue.exit:{question.id}", options, hint=w("Can’t answer this one?"))
    return actions(element, block_id=f"x:{question.id}:{_version(scene, question)}")


def taken(scene: Scene, question: Question, place: Place) -> list[Json] | None:
    """What stands in place of the question once an exit was chosen; None when none was."""
    if question.id in place.nobody or (question.id not in place.asked and is_nobody(scene, question)):
        return _nobody(scene, question)
    answer = standing(scene.dialogue, question)
    if answer is None or answer.exit is None or question.requirement == "hard" or scene.lent is not None:
        return None
    if answer.exit == "asked":
        told = pages.instead(scene, question, answer)
        return _instead(scene, question, told, scene.w("Take it back"))
    again = scene.w("Answer now") if answer.exit == "later" else scene.w("Answer after all")
    return _instead(scene, question, sentence(scene, question, answer), again)


def sentence(scene: Scene, question: Question, answer: Answer) -> Mrkdwn:
    """What will happen, in one sentence (journeys B3)."""
    w = scene.w
    if answer.exit == "outside":
        return w.md("Noted. This question no longer waits for you.")
    if answer.exit == "later":
        return kept_for_later(scene)
    wanted = question.idk_owner or scene.flow.idk_owner
    if wanted == "none":
        return w.md("*I don’t know* is noted.")
    holder = owner(scene.dialogue, wanted)
    name = scene.person(holder)
    if wanted and holder != scene.project.cast.holder("facilitator"):
        name = w.md("{name} ({role})", name=name, role=role(scene, wanted))
    return w.md(
        "*I don’t know* is noted. It becomes an open point for {owner}, due {day}, without your name.",
        owner=name,
        day=w.day(add_working_days(answer.at.astimezone(zone(scene.project.zone)).date(), DUE)),
    )


def kept_for_later(scene: Scene) -> Mrkdwn:
    """When the reminders come."""
    w, days = scene.w, reminders(scene.today, scene.dialogue.closes_on, scene.project.holidays)
    closing = scene.dialogue.closes_on
    if not days:
        return w.md(
            "Kept for later. No reminder: it closes on {closing}.", closing=w.day(closing or scene.today)
        )
    if closing and len(days) == 1:
        return w.md(
            "Kept for later. One reminder on {day}, then no more: it closes on {closing}.",
            day=w.day(days[0]),
            closing=w.day(closing),
        )
    return w.md(
        "Kept for later. Two reminders, on {first} and {second}, then no more.",
        first=w.day(days[0]),
        second=w.day(days[1]),
    )


def is_nobody(scene: Scene, question: Question) -> bool:
    """The saved answer is that of the extra button."""
    answer = scene.dialogue.answers.get(question.id)
    return question.none is not None and answer is not None and answer.value == NOBODY


def _nobody(scene: Scene, question: Question) -> list[Json]:
    label = scene.w.of(question.none) if question.none else ""
    text = scene.w.md("*{none}* is noted. You can name somebody at any time.", none=label)
    return _instead(scene, question, text, scene.w("Choose a person"))


def _instead(scene: Scene, question: Question, text: Mrkdwn, again: str) -> list[Json]:
    """The question as text, what was noted, and the way back to answering."""
    back = button(
        again,
        f"dialogue.answer:{question.id}",
        value=question.id,
        label=scene.w("{what}: {question}", what=again, question=scene.w.of(question.short)),
    )
    words = Mrkdwn("\n").join([scene.asked(question), text])
    return [section(words, accessory=back, block_id=f"e:{question.id}:{_version(scene, question)}")]


def _version(scene: Scene, question: Question) -> int:
    answer = standing(scene.dialogue, question)
    return answer.version if answer else 0
