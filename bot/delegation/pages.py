"""What the pages of a dialogue say of colleagues: who has what, whose question this is, what is next.

Draws from the scene alone, so that bot/dialogue can use it anywhere.
"""

from bot.dialogue.scene import Scene
from bot.request import Json
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from flows.dialogue.asking import SEVERAL, askable
from flows.dialogue.lending import WHOLE, all_asked
from flows.dialogue.model import Answer, Question

#: What stands for "all of the dialogue" where an id may not be empty.
ALL = "all"


def subject(scene: Scene, id: str, n: int) -> Mrkdwn:
    """What a colleague is asked: the question, or the dialogue with its number of questions."""
    if id != WHOLE:
        question = scene.question(id) or scene.flow.question(id)
        return scene.asked(question) if question else bold(scene.w.of(scene.flow.title))
    title = bold(scene.w.of(scene.flow.title))
    return Mrkdwn(" · ").join([title, scene.w.plural("{n} question", "{n} questions", n)])


def offer(scene: Scene) -> list[Json]:
    """Above the first screen: ask a colleague for all of it, or who has it."""
    w = scene.w
    if scene.run is None or scene.lent is not None:
        return []
    if all_asked(scene.dialogue):
        who = scene.person(str(scene.dialogue.answers[WHOLE].value))
        back = elements.button(w("Take it back"), "delegation.return", value=ALL)
        told = w.md("{name} has been asked for all that may be asked of a colleague.", name=who)
        return [blocks.section(told, accessory=back)]
    several = len(askable(scene.flow, scene.dialogue, WHOLE)) >= SEVERAL
    if not several or scene.progress.done:
        return []
    return [blocks.actions(elements.button(w("Ask a colleague instead"), "delegation.whole", value=ALL))]


def instead(scene: Scene, question: Question, answer: Answer) -> Mrkdwn:
    """What stands in place of a question that a colleague was asked."""
    name = scene.person(str(answer.value))
    day = scene.wanted.get(question.id)
    if day is None:
        return scene.w.md("{name} has been asked.", name=name)
    return scene.w.md("{name} has been asked, answer wanted by {day}.", name=name, day=scene.w.day(day))


def both(scene: Scene, question: Question, answer: Answer | None) -> Mrkdwn | None:
    """Under an answer that a colleague gave: whose it is. None for one's own, and for a form that
    nobody was asked to fill in somebody's place."""
    if answer is None or not answer.given or question.shared or answer.author == scene.dialogue.person:
        return None
    if scene.lent is not None:
        return scene.w.md("_answered by you, asked by {name}_", name=scene.person(scene.dialogue.person))
    return scene.w.md("_answered by {name}, whom you asked_", name=scene.person(answer.author))


def whose(scene: Scene) -> Mrkdwn | None:
    """Who asked, on every screen of a colleague: both names stand with the answer."""
    if scene.lent is None:
        return None
    return scene.w.md(
        "{name} asked you. The answer will show both names.", name=scene.person(scene.lent.from_user)
    )


def refuse(scene: Scene) -> list[Json]:
    """ "Not me", on every screen of a colleague."""
    if scene.lent is None or not scene.lent.live:
        return []
    no = elements.button(scene.w("Not me"), "delegation.no", value=scene.lent.id)
    return [blocks.actions(no, block_id="notme")]


def thanks(scene: Scene) -> Json:
    """The last page of a colleague."""
    w, day = scene.w, scene.dialogue.closes_on
    name = scene.person(scene.lent.from_user if scene.lent else scene.dialogue.person)
    said = w.md("*Saved.* {name} sees it in Home, with both your names.", name=name)
    until = (
        w.md("You can change it until {day}, from the message you got.", day=w.day(day))
        if day
        else w.md("You can change it until this closes, from the message you got.")
    )
    return blocks.modal(
        w("Thank you"),
        [blocks.section(said), blocks.context(until)],
        callback_id="page",
        close=w.p("window", "Close"),
    )
