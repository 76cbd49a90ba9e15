"""The one form of a named check-in: its questions as fields, and what was typed read back.

Everything read is user input: nothing here raises on it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.checkins.card import readers
from bot.forms import packed
from bot.parts import Parts
from bot.request import Json
from bot.words import blocks, elements, limits
from bot.words.text import Wording
from flows.checkin.model import CheckIn as Content
from flows.dialogue.kinds import LONGEST, Refused, check, empty
from flows.dialogue.model import Question, Value
from storage.checkin import CheckIn

CALLBACK = "checkin.answered"
ANSWER = "answer"  # action_id of every field
#: Behind the question on supporting projects: what it is stuck on.
STUCK_ON = ":on"
ASKS_ON_WHAT = "C06a@"


def view(w: Wording, parts: Parts, content: Content, one: CheckIn, questions: Sequence[Question]) -> Json:
    """The form, empty: nothing of an earlier answer stands in it."""
    rows = [blocks.context(readers(w, content))]
    for question in questions:
        rows.append(
            blocks.field(
                w.of(question.words),
                _element(w, parts, question),
                block_id=question.id,
                optional=question.requirement == "optional",
            )
        )
        if question.id.startswith(ASKS_ON_WHAT):
            rows.append(
                blocks.field(
                    w("If it is stuck: on what?"), elements.words(ANSWER, most=200),
                    block_id=f"{question.id}{STUCK_ON}", optional=True,
                )
            )  # fmt: skip
    return blocks.modal(
        w.of(content.title), rows[: limits.VIEW_BLOCKS], callback_id=CALLBACK, submit=w("Send"),
        close=w("Not now"), metadata=packed(checkin=one.id),
    )  # fmt: skip


def read(
    w: Wording, questions: Sequence[Question], typed: Mapping[str, Any]
) -> tuple[dict[str, Value], dict[str, str]]:
    """The answers, and what is wrong, by field."""
    answers: dict[str, Value] = {}
    wrong: dict[str, str] = {}
    for question in questions:
        raw = typed.get(question.id)
        if empty(raw):
            if question.requirement != "optional":
                wrong[question.id] = w("An answer is needed here.")
            continue
        value = check(question, _figure(question, raw))
        if isinstance(value, Refused):
            wrong[question.id] = w.of(value.words)
        else:
            answers[question.id] = value
        on = typed.get(f"{question.id}{STUCK_ON}")
        if isinstance(on, str) and on.strip():
            answers[f"{question.id}{STUCK_ON}"] = on.strip()[:200]
    return answers, wrong


def _element(w: Wording, parts: Parts, question: Question) -> Json:
    match question.kind:
        case "scale5":
            labels = parts.playbook.labels[question.labels or "agree"]
            options = [elements.option(w.of(label), str(n)) for n, label in enumerate(labels, start=1)]
            return elements.radio(ANSWER, options)
        case "single":
            return elements.radio(ANSWER, [elements.option(w.of(o.label), o.value) for o in question.options])
        case "multi":
            offered = [elements.option(w.of(o.label), o.value) for o in question.options]
            return elements.checkboxes(ANSWER, offered)
        case "number":
            return elements.number(ANSWER, least=0, most=999)
        case _:
            return elements.words(ANSWER, most=LONGEST["text"])


def _figure(question: Question, raw: Any) -> Any:
    """Slack sends figures as strings, points of a scale too."""
    figures = question.kind in ("scale5", "number")
    return int(raw) if figures and isinstance(raw, str) and raw.isascii() and raw.isdigit() else raw
