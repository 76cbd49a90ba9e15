"""The page that lists a person's answers, each with its button to change it (journeys B6, point 15)."""

from collections.abc import Iterator
from typing import Any

from bot.delegation import pages
from bot.dialogue.labels import label, short_label
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.dialogue.values import recorded, said
from bot.words.blocks import actions, alert, context, modal, section
from bot.words.elements import button
from bot.words.mrkdwn import Mrkdwn
from flows.dialogue.engine import current
from flows.dialogue.lending import all_asked
from flows.dialogue.model import Question
from flows.dialogue.path import is_open, put_off
from flows.dialogue.sheet import standing

Json = dict[str, Any]
PER_PAGE = 20
CALLBACK = "dialogue.check"


def page(scene: Scene, place: Place, *, problem: str = "") -> Json:
    """Everything this person has answered. `problem`: why "I'm done" was refused."""
    w, questions = scene.w, tuple(asked(scene))
    start = min(place.page, max(len(questions) - 1, 0) // PER_PAGE) * PER_PAGE
    shown = questions[start : start + PER_PAGE]
    blocks: list[Json] = [context(_heading(scene, questions))]
    if problem:
        blocks.append(alert(problem, level="error"))
    blocks += pages.offer(scene) if all_asked(scene.dialogue) else []
    blocks += [_line(scene, question) for question in shown]
    blocks += _pages(scene, start, len(questions))
    if scene.made and scene.lent is None:
        value = f"{scene.project.id}:from-{scene.dialogue.id}:0"
        blocks.append(
            actions(button(w("See the records"), "register.open:from", value=value), block_id="made")
        )
    ready = not closed(scene) and _may_finish(scene)
    if not closed(scene):
        blocks.append(context(_until(scene)))
    return modal(
        w("Check your answers"),
        blocks,
        callback_id=CALLBACK,
        submit=w("I’m done") if ready else "",
        close=w.p("window", "Close"),
        metadata=place.packed(),
    )


def asked(scene: Scene) -> Iterator[Question]:
    """The questions of the path, once each, complete, in order."""
    for id in dict.fromkeys(question.id for screen in scene.path for question in screen.questions):
        question = scene.question(id)
        if question is not None:
            yield question


def closed(scene: Scene) -> bool:
    """No more answers are taken."""
    day = scene.dialogue.closes_on
    return scene.dialogue.closed or (day is not None and scene.today > day)


def screen_of(scene: Scene, question: str) -> str:
    """The first screen that asks this question; "" when none does any more."""
    return next((s.key for s in scene.path if any(q.id == question for q in s.questions)), "")


def _heading(scene: Scene, questions: tuple[Question, ...]) -> Mrkdwn:
    w, day = scene.w, scene.dialogue.closes_on
    parts = [w.plural_md("{n} question", "{n} questions", len(questions))]
    secret = [question for question in questions if question.visibility == "restricted"]
    own = [question for question in questions if not question.shared and question not in secret]
    parts += list(dict.fromkeys(short_label(scene, question) for question in questions))
    if scene.dialogue.closed or closed(scene):
        parts.append(w.md("Closed. Your answers are kept."))
    elif secret == [*questions]:
        parts[1:] = list(dict.fromkeys(label(scene, question) for question in questions))
    elif own and day:
        parts.append(w.md("Shown to the others once this closes ({day}), not before.", day=w.day(day)))
    elif own:
        parts.append(w.md("Shown to the others once this closes, not before."))
    elif secret:
        parts.append(w.md("The team and the sponsor will see these answers, save the confidential ones."))
    else:
        parts.append(w.md("The team and the sponsor will see these answers."))
    if own and secret and not (scene.dialogue.closed or closed(scene)):
        parts.append(w.md("What is confidential stays so."))
    return Mrkdwn(" · ").join(parts)


def _line(scene: Scene, question: Question) -> Json:
    w, answer = scene.w, standing(scene.dialogue, question)
    both = pages.both(scene, question, answer)
    text = Mrkdwn("\n").join(
        [
            scene.asked(question),
            said(scene, question, answer),
            *(part for part in (both, recorded(w, scene.made.get(question.id, ()))) if part),
        ]
    )
    if closed(scene):
        return section(text, block_id=f"r:{question.id}")
    if answer is not None and answer.exit == "asked" and scene.lent is None:
        again = button(w("Take it back"), f"delegation.return:{question.id}", value=question.id)
        return section(text, accessory=again, block_id=f"r:{question.id}")
    words = w("Change") if answer is not None and answer.given else w("Answer")
    change = button(
        words,
        f"dialogue.change:{question.id}",
        value=question.id,
        label=w("{what}: {question}", what=words, question=w.of(question.short)),
    )
    return section(text, accessory=change, block_id=f"r:{question.id}")


def _pages(scene: Scene, start: int, total: int) -> list[Json]:
    w, buttons = scene.w, []
    if start:
        previous = str(start // PER_PAGE - 1)
        buttons.append(button(w("Previous {n}", n=PER_PAGE), "dialogue.page:back", value=previous))
    if start + PER_PAGE < total:
        following = str(start // PER_PAGE + 1)
        left = min(PER_PAGE, total - start - PER_PAGE)
        buttons.append(button(w("Next {n}", n=left), "dialogue.page:on", value=following))
    return [actions(*buttons, block_id="pages")] if buttons else []


def _may_finish(scene: Scene) -> bool:
    """Something to say "I'm done" to: not done yet, and nothing open but what was kept for later."""
    if scene.done and scene.progress.finished:
        return False
    screen = current(scene.flow, scene.dialogue)
    if screen is None:
        return True
    open_ = [
        q
        for s in scene.path
        for q in s.questions
        if q.requirement != "optional" and is_open(q, scene.dialogue)
    ]
    return all(put_off(question, scene.dialogue) for question in open_)


def _until(scene: Scene) -> Mrkdwn:
    w, day = scene.w, scene.dialogue.closes_on
    if day:
        return w.md("You can come back and change anything until {day}.", day=w.day(day))
    return w.md("You can come back and change anything until this closes.")
