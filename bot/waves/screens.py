"""The screens of a wave as modals: what is promised first, then the questions, then Back and the coach (5.3).

Every screen says "Anonymous". The answers it shows again come from the form itself.
"""

from collections.abc import Mapping
from typing import Any

from bot.parts import Parts
from bot.waves import sheet
from bot.waves.scene import COACH, Scene
from bot.words import blocks, elements, limits
from bot.words.mrkdwn import Mrkdwn, bold
from flows.dialogue.kinds import LONGEST
from flows.dialogue.model import Question
from flows.wave.model import NO_ANSWER
from flows.words import Words

Json = dict[str, Any]

#: Names that begin like this leave no trace: no inbox, no figure, no log line (bot/inbound/app.py),
#: and the sandbox masks what passes.
BALLOT = "anonymous.ballot"
ANSWER = "answer"  # action_id of every field: tells nothing before it is sent


def screen(scene: Scene, parts: Parts, *, at: int, given: Mapping[str, Any]) -> Json:
    """Screen `at` of the wave, with the answers given so far."""
    w, last = scene.w, at == len(scene.screens) - 1
    shown = scene.screens[at]
    rows = [blocks.context(_label(scene, at))]
    if at == 0:
        rows += promise(scene)
    rows.append(blocks.section(bold(w.of(shown.head))))
    for question in shown.questions:
        rows += _question(scene, parts, question, given.get(question.id))
    rows += _ways(scene, at)
    return blocks.modal(
        w.of(scene.content.title),
        rows,
        callback_id=BALLOT,
        submit=w("Send for good") if last else w.p("wave", "Next"),
        close=w("Not now"),
        metadata=sheet.packed(
            parts, workspace=scene.wave.workspace, user=scene.user, wave=scene.wave.id, at=at, given=given
        ),
    )


def promise(scene: Scene) -> list[Json]:
    """The notice above the questions of the first screen, and what is behind it."""
    w = scene.w
    how = elements.button(w("How it works"), "anonymous.how", value=scene.wave.id)
    if of_step(scene.wave.what):
        said = w.md(
            "*Anonymous.* What you write is read by the group, shuffled and unsigned, once the step is over; "
            "nothing ties it to you. One sitting; nothing can be changed after sending. Below {least} "
            "answers, everything is destroyed unread. Please name nobody.",
            least=scene.wave.threshold,
        )
        return [blocks.section(said), blocks.actions(how)]
    said = w.md(
        "*Anonymous.* Your answers are added to the group’s totals; nothing ties them to you or keeps them "
        "together. One sitting; nothing can be changed after sending. Closes on {date}. Below {least} "
        "answers, everything is destroyed unread. Please name nobody.",
        date=w.day(scene.wave.closes_on),
        least=scene.wave.threshold,
    )
    if scene.wave.split:
        said += " " + w.md(
            "Results may also be given by {split}, only for groups of at least {least} answers.",
            split=w("function"),
            least=scene.wave.threshold,
        )
    rows = [blocks.section(w.of(scene.content.intro))] if scene.content.intro else []
    return [*rows, blocks.section(said), blocks.actions(how)]


def of_step(what: str) -> bool:
    """Whether this is the box of a step of a workshop ("W04.3#12"): it closes with its step, not on a day."""
    return "." in what and "#" in what


def how(scene: Scene, parts: Parts) -> list[Json]:
    """Behind "How it works": what is kept, and the limit of it, in plain words (5.3 rule 7)."""
    w, operator = scene.w, parts.settings.operator
    rows = [
        blocks.section(
            w.md(
                "The bot keeps a sealed box of totals, and a coded list that only prevents a second ballot. "
                "Both are deleted at closing. Only someone who runs the server, holds its key and watches it "
                "while ballots come in could get round this. Slack carries these screens, as it carries "
                "everything here."
            )
        ),
        blocks.section(
            w.md(
                "Nobody counts the answers before closing, and nobody sees who has answered: not the "
                "facilitator, not the sponsor, not an administrator. The one reminder goes to everybody."
            )
        ),
    ]
    if operator:
        rows.append(blocks.context(w.md("This server is run by {operator}.", operator=operator)))
    return rows


def _label(scene: Scene, at: int) -> Mrkdwn:
    w = scene.w
    kept = w.md("*Anonymous.* Nothing is kept before you press *Send for good*.")
    if len(scene.screens) == 1:
        return kept
    return w.md("{n} of {total}", n=at + 1, total=len(scene.screens)) + " · " + kept


def _question(scene: Scene, parts: Parts, question: Question, now: Any) -> list[Json]:
    w = scene.w
    if question.kind in LONGEST:
        return _text(scene, parts, question, now)
    hint = w.of(question.why)
    field = blocks.field(
        w.of(question.words), _choices(scene, parts, question, now), block_id=question.id, hint=hint
    )
    return [field]


def _choices(scene: Scene, parts: Parts, question: Question, now: Any) -> Json:
    w = scene.w
    if scene.content.is_consent(question.id):
        offered = [o for o in question.options if o.value != COACH or scene.project.cast.holder("coach")]
        options = [elements.option(w.of(o.label), o.value) for o in offered]
        return elements.radio(ANSWER, options, initial=str(now or "count"))
    options = [elements.option(w.of(label), value) for value, label in _offered(parts, question)]
    options.append(elements.option(w.of(parts.playbook.no_answer), NO_ANSWER))
    few = len(options) <= limits.RADIO_OPTIONS
    if question.kind == "multi":
        ticked = [one for one in now if isinstance(one, str)] if isinstance(now, list) else []
        build = elements.checkboxes if few else elements.multi_select
        return build(ANSWER, options, initial=ticked)
    chosen = now if isinstance(now, str) else None
    return (elements.radio if few else elements.select)(ANSWER, options, initial=chosen)


def _offered(parts: Parts, question: Question) -> list[tuple[str, Words]]:
    if question.kind == "scale5":
        labels = parts.playbook.labels[question.labels or "agree"]
        return [(str(n), label) for n, label in enumerate(labels, start=1)]
    return [(option.value, option.label) for option in question.options]


def _text(scene: Scene, parts: Parts, question: Question, now: Any) -> list[Json]:
    """A text, with what it must not say above it, unless its hint says that, and whom to turn to below it."""
    w, help_ = scene.w, parts.settings.help_contact
    why, warning = w.of(question.why), w("Name nobody, yourself included.")
    box = elements.words(
        ANSWER,
        initial=now if isinstance(now, str) else None,
        several_lines=True,
        most=question.maximum or LONGEST[question.kind],
    )
    rows = [] if warning.casefold() in why.casefold() else [blocks.context(warning)]
    rows.append(blocks.field(w.of(question.words), box, block_id=question.id, hint=why, optional=True))
    if help_:
        rows.append(blocks.context(w.md("If something weighs on you: {contact}.", contact=help_)))
    return rows


def _ways(scene: Scene, at: int) -> list[Json]:
    """Back, and the coach: the only live buttons."""
    w, row = scene.w, []
    if at:
        row.append(elements.button(w("Back"), "anonymous.back", value=scene.wave.id))
    if scene.coach:
        row.append(coach_button(scene, loud=False))
    return [blocks.actions(*row)] if row else []


def coach_button(scene: Scene, *, loud: bool) -> Json:
    """The way to the coach. `loud` colours it: worked out from the ballot in hand, and kept nowhere
    (5.4). It carries the project only, so that a request has no origin."""
    words = scene.w("Talk to someone neutral")
    style = "primary" if loud else None
    return elements.button(words, "anonymous.coach", value=scene.project.id, style=style)  # type: ignore[arg-type]
