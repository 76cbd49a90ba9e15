"""How a diagnosis is worked out, on one page: weights, coverage, and each indicator with what it reads.

Indicators that read anonymous answers are shown to the nearest 5 below ten answers, and without a figure
to the team (3.3 rule 6); those that read a restricted answer, without a figure to whoever may not read it.
"""

from bot.diagnosis import figures
from bot.diagnosis.picture import Picture, Reader
from bot.diagnosis.quotes import later
from bot.request import Json
from bot.words import blocks
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from flows.diagnosis.indicators import READS
from flows.diagnosis.result import Indicator
from flows.dialogue.visible import readable

TEAM_INDICES = frozenset({"I2.3", "I3.1"})  # COLLAB, and 100 - BPI


def reckoning(w: Wording, picture: Picture, reader: Reader) -> list[Json]:
    """The page."""
    found = picture.found
    rows = [
        blocks.section(
            w(
                "Each family is the weighted mean of its indicators; readiness is the weighted mean of the "
                "four families. What nobody has answered is left out of a score and widens its range: the "
                "low end counts it as 0, the high end as 100."
            )
        )
    ]
    for number in sorted(found.families):
        rows.append(blocks.header(w.of(picture.model.families[number])))
        rows.append(blocks.context(_family(w, picture, number)))
        of_family = [i for i in found.indicators.values() if i.family == number]
        rows.append(blocks.section(Mrkdwn("\n").join(_indicator(w, picture, i, reader) for i in of_family)))
    rows.append(blocks.header(w("Scoping in seven tasks")))
    tasks = (
        w.md("• {what}: {value}/100", what=picture.model.tasks[id].words, value=n)
        for id, n in found.tasks.items()
    )
    rows.append(blocks.section(Mrkdwn("\n").join(tasks)))
    rows += _shifts(w, picture)
    rows.append(blocks.context(w.of(picture.model.message["foot"])))
    return rows


def _family(w: Wording, picture: Picture, number: int) -> str:
    family = picture.found.families[number]
    return w(
        "Weight {weight} out of 100 · {coverage} of the answers · {score}",
        weight=picture.found.weights[number],
        coverage=w.percent(figures.percent(family.coverage)),
        score=figures.score(w, family),
    )


def _indicator(w: Wording, picture: Picture, one: Indicator, reader: Reader) -> Mrkdwn:
    """ "• Goals written and understood (weight 20): 59 · OBJ09, OBJ08" """
    gauge = picture.model.indicators[one.id]
    named = w.md(
        "• {what} (weight {weight}): {value}",
        what=gauge.words,
        weight=one.weight,
        value=_value(w, picture, one, reader),
    )
    read = w.listed(_called(w, picture, id) for id in READS[one.id][:3])
    more = "…" if len(READS[one.id]) > 3 else ""
    return named + (w.md(" · from {what}", what=read + more) if read else "")


def _value(w: Wording, picture: Picture, one: Indicator, reader: Reader) -> str:
    if one.value is None:
        waits = [id for id in READS[one.id] if id in picture.evidence.withheld]
        return later(w, picture, waits[0]) if waits else w("not enough answers")
    if any(_confidential(picture, id, reader) for id in READS[one.id] if _answered(picture, id)):
        return w("confidential")
    anonymous = [id for id in READS[one.id] if id in picture.model.anonymous]
    if figures.banded(picture.evidence, anonymous):
        return w("read, without a figure: people have joined or left")
    counts = [n for id in anonymous if (n := figures.tallied(picture.evidence.anonymous.get(id)))]
    if not anonymous or min(counts, default=0) >= figures.MANY:
        return str(figures.whole(one.value))
    if one.id in TEAM_INDICES and not reader.full:
        return w("read, without a figure below 10 answers")
    return w("about {value}", value=figures.by_five(one.value))


def _confidential(picture: Picture, id: str, reader: Reader) -> bool:
    """From the figure and the parts this person may read, the one they may not could be worked out."""
    question = picture.question(id)
    if question is None or question.visibility == "anonymous":
        return False
    return not readable(question, reader.roles)


def _answered(picture: Picture, id: str) -> bool:
    annex = picture.evidence.annexes.get(id)
    return picture.reading.value(id) is not None if annex is None else annex.choice is not None


def _called(w: Wording, picture: Picture, id: str) -> str:
    question = picture.question(id)
    return w.of(question.short) if question else id


def _shifts(w: Wording, picture: Picture) -> list[Json]:
    """What of this company moved the weights."""
    moved = [s for s in picture.model.shifts if picture.reading.one_of(s.question, *s.values)]
    if not moved:
        return []
    return [blocks.section(Mrkdwn("\n").join(w.md("• {what}", what=shift.words) for shift in moved))]
