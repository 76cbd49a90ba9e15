"""An answer in words: as the check page, the consequences and the results show it.

What people typed is shown as written, escaped; nothing is cut here (blocks keep the limits).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.dialogue.scene import Scene
from bot.words.clusters import units
from bot.words.limits import SECTION, fit
from bot.words.mrkdwn import Mrkdwn, bold, line, md
from bot.words.text import N_, Wording
from flows.currency import amount
from flows.dialogue.kinds import thousands
from flows.dialogue.model import NOBODY, Answer, Column, Kind, Option, Question, Value
from flows.dialogue.plan_checks import MUST_SHARE, effort, share_of_musts
from flows.words import Words

#: The four boxes of a MoSCoW board (NEE02).
MOSCOW: Mapping[str, str] = {
    "M": N_("Must have"), "S": N_("Should have"), "C": N_("Could have"), "W": N_("Not this time"),
}  # fmt: skip
#: Characters of one cell, and of a table in one paragraph: room is left for the question above it.
CELL, PARAGRAPH = 200, 2_400
EXITS: Mapping[str, str] = {
    "unknown": N_("I don’t know"), "outside": N_("Outside my scope"), "later": N_("Kept for later"),
}  # fmt: skip

Asked = Question | Column


def said(scene: Scene, question: Question, answer: Answer | None) -> Mrkdwn:
    """What stands for a question: the answer, the exit, or that nothing was said."""
    w = scene.w
    if answer is not None and answer.exit == "asked":
        if scene.lent is not None:
            return w.md("_No answer yet_")
        return w.md("Waiting for {name}", name=scene.person(str(answer.value)))
    if answer is not None and answer.exit is not None:
        exit_ = md(w(EXITS[answer.exit]))
        ref = scene.refs.get(question.id, "") if answer.exit == "unknown" else ""
        return w.md("{exit} → open point {ref}", exit=exit_, ref=ref) if ref else exit_
    if answer is None or not answer.given:
        return w.md("_No answer yet_") if question.requirement != "optional" else w.md("_Left empty_")
    return in_words(scene, question, answer.value)


def in_words(scene: Scene, asked: Asked, value: Value) -> Mrkdwn:
    """A value of one question, or of one column, in markup. Odd values show as they are."""
    if value in (None, "", [], {}):
        return md("–")
    try:
        return _SAID[asked.kind](scene, asked, value)
    except (TypeError, ValueError, AttributeError, KeyError):
        return md(str(value))


def label_of(scene: Scene, asked: Asked, value: str) -> str:
    """The label of one choice, as plain text; the value itself when content dropped the choice."""
    found = next((option.label for option in asked.options if option.value == value), None)
    return scene.w.of(found) if found else str(value)


def scale(scene: Scene, asked: Asked) -> tuple[Option, ...]:
    """The five choices of a scale, with their figure: "4 Mostly"."""
    named = ((option.value, scene.w.of(option.label)) for option in asked.options)
    return tuple(Option(value=value, label=Words.same(f"{value} {label}")) for value, label in named)


def _typed(scene: Scene, asked: Asked, value: Any) -> Mrkdwn:
    return md(str(value))


def _single(scene: Scene, asked: Asked, value: Any) -> Mrkdwn:
    return md(label_of(scene, asked, value))


def _multi(scene: Scene, asked: Asked, value: Any) -> Mrkdwn:
    return Mrkdwn(" · ").join([md(label_of(scene, asked, one)) for one in value])


def _scale5(scene: Scene, asked: Asked, value: Any) -> Mrkdwn:
    return md(scene.w.of(scale(scene, asked)[int(value) - 1].label))


def _number(scene: Scene, asked: Asked, value: Any) -> Mrkdwn:
    currency = asked.currency if isinstance(asked, Question) else ""
    return md(scene.w.of(amount(thousands(value), currency)) if currency else scene.w.number(value))


def _date(scene: Scene, asked: Asked, value: Any) -> Mrkdwn:
    return md(scene.w.full_day(date.fromisoformat(value)))


def _person(scene: Scene, asked: Asked, value: Any) -> Mrkdwn:
    if value == NOBODY:
        none = asked.none if isinstance(asked, Question) else None
        return md(scene.w.of(none)) if none else md("–")
    return scene.person(value)


def _people(scene: Scene, asked: Asked, value: Any) -> Mrkdwn:
    return Mrkdwn(", ").join([scene.person(user) for user in value])


def _ranking(scene: Scene, asked: Asked, value: Any) -> Mrkdwn:
    return Mrkdwn("\n").join([f"{n}. {label_of(scene, asked, one)}" for n, one in enumerate(value, start=1)])


def _points(scene: Scene, asked: Asked, value: Any) -> Mrkdwn:
    return Mrkdwn(" · ").join([f"{label_of(scene, asked, one)} {points}" for one, points in value.items()])


def _moscow(scene: Scene, asked: Asked, value: Any) -> Mrkdwn:
    """One line a box, then what the must-haves weigh."""
    lines = []
    for box, name in MOSCOW.items():
        inside = [label_of(scene, asked, need) for need, place in value.items() if place == box]
        if inside:
            lines.append(bold(f"{scene.w(name)} ({len(inside)})") + f": {'; '.join(inside)}")
    weight = musts(scene, value)
    return Mrkdwn("\n").join([*lines, *([weight] if weight else [])])


def musts(scene: Scene, places: Mapping[str, str]) -> Mrkdwn | None:
    """What the must-haves weigh among what is planned; None while no size is known (NEE03)."""
    sizes = effort(places, scene.dialogue)
    share = share_of_musts(sizes)
    if share is None:
        return None
    return scene.w.md(
        "Effort of the must-haves: {must} of {all}, that is {share}. More than {most} leaves no room.",
        must=sizes.get("M", 0),
        all=sum(sizes.get(box, 0) for box in "MSC"),
        share=scene.w.percent(round(share)),
        most=scene.w.percent(MUST_SHARE),
    )


def _rows(scene: Scene, asked: Asked, value: Any) -> Mrkdwn:
    """A line each, as many as a paragraph holds; the others are counted, never cut in silence."""
    lines = [Mrkdwn("• ") + in_line(scene, asked.columns, row, most=CELL) for row in value]  # type: ignore[union-attr]
    room, shown = PARAGRAPH, 0
    while shown < len(lines) and units(lines[shown]) < room:
        room -= units(lines[shown]) + 1
        shown += 1
    left = len(lines) - shown
    more = [scene.w.plural_md("… and {n} more line", "… and {n} more lines", left)] if left else []
    return Mrkdwn("\n").join([*lines[:shown], *more])


def in_line(
    scene: Scene,
    columns: tuple[Column, ...],
    row: Mapping[str, Value],
    *,
    most: int = SECTION,
    cells: int | None = None,
) -> Mrkdwn:
    """One line of a table on one line: what it is about in bold, then its other cells, each with its
    name: `cells` of them, `most` characters each."""
    first, filled = columns[0], [column for column in columns[1:] if row.get(column.key)]
    named = [
        scene.w.md("{label}: {value}", label=_name(scene, column), value=_cell(scene, column, row, most))
        for column in filled[:cells]
    ]
    head = bold(_cell(scene, first, row, most)) if row.get(first.key) else md("–")
    left = len(filled) - len(named)
    return Mrkdwn(" · ").join([head, *named, *([scene.w.md("and {n} more", n=left)] if left else [])])


def _cell(scene: Scene, column: Column, row: Mapping[str, Value], most: int) -> Mrkdwn:
    return fit(Mrkdwn(line(in_words(scene, column, row[column.key]))), most)  # type: ignore[return-value]


def _name(scene: Scene, column: Column) -> str:
    """The name of a column without what it explains in brackets."""
    return scene.w.of(column.label).partition(" (")[0].rstrip(" ?\u202f\u00a0…")


_SAID: Mapping[Kind, Callable[[Scene, Asked, Any], Mrkdwn]] = {
    "text": _typed, "long_text": _typed, "single": _single, "multi": _multi, "scale5": _scale5,
    "number": _number, "date": _date, "person": _person, "people": _people, "ranking": _ranking,
    "points100": _points, "rows": _rows, "moscow": _moscow,
}  # fmt: skip


MOST_REFS = 8  # records named under one answer


def recorded(w: Wording, refs: Sequence[str]) -> Mrkdwn | None:
    """What an answer has recorded: "Recorded: DEC-2, RSK-4". None for nothing."""
    if not refs:
        return None
    shown = ", ".join(refs[:MOST_REFS])
    more = len(refs) - MOST_REFS
    return (
        w.md("Recorded: {refs} and {n} more", refs=shown, n=more)
        if more > 0
        else w.md("Recorded: {refs}", refs=shown)
    )
