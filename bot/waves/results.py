"""What came out of a closed wave, for those entitled: coarse figures, shuffled texts, no date, no order.

Only draws: what is kept is decided at closing, how it may be shown in flows/wave/shown.py.
"""

from dataclasses import dataclass, replace
from typing import Any

from bot import answer, asker
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.words import blocks, limits
from bot.words.mrkdwn import Mrkdwn, bold, md, quote
from bot.words.text import N_, Wording
from flows.dialogue.model import Question
from flows.playbook.model import Wave as Content
from flows.wave import reading, shown
from flows.wave.model import ChoiceKept, Item, Kept, ScaleKept, Sum, TextKept
from storage import wave as waves
from storage import wave_bands
from storage.database import Connection
from storage.wave import Wave

#: Questions whose figures only some roles see (3.7, R52).
ONLY_FOR = {"SET17": frozenset({"sponsor", "lead"})}
SCORE = "worth"  # what the box at the end of a workshop is called: "worth#12"
BAR, FULL = 10, "▮"
EMPTY = "▯"
#: The wave that has asked the same for the first time, which a check-in is measured against.
STARTS = {"C02": "D07"}
WENT = {"up": N_("up"), "down": N_("down"), "stable": N_("stable")}
BANDS = {"low": N_("below 2.5"), "middle": N_("2.5 to 3.4"), "high": N_("3.5 or more")}
INDEX = {"D06": N_("Collaboration"), "D07": N_("Weight of worries"), "C02": N_("Weight of worries")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One closed wave, and the one before it that can be compared with it."""

    wave: Wave
    content: Content
    kept: dict[str, Kept]
    before: dict[str, Kept]  # of the latest earlier wave of the same kind with enough answers
    start: dict[str, Kept]  # of what it is measured against, the first time the same was asked (C02: D07)
    banded: bool  # a mean would tell of the few who joined or left: only bands (storage/wave_bands.py)


async def opened(request: Request, parts: Parts) -> Reply:
    """[See the group results]."""
    wave = await parts.db.read(waves.get, workspace=request.workspace, id=answer.chosen(request))
    who = await asker.asker(request, parts, project_id=wave.project_id if wave else "-")
    if isinstance(verdict := who.may("results.read"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    content = _content(parts, wave) if wave else None
    if wave is None or content is None or wave.outcome is None:
        return answer.tell(request, parts, who.w, who.w("There is nothing to see before this wave closes."))

    async def build() -> Json:
        found = await parts.db.read(load, content=content, wave=wave)
        return answer.page(who.w, who.w.of(content.title), page(who, found))

    return answer.show(request, parts, who.w, who.w.of(content.title), build)


def _content(parts: Parts, wave: Wave) -> Content | None:
    """Of the boxes of workshops only the score at the end is read here: what was written in the others is
    read by those who were in their step, in the workshop."""
    score = wave.what.startswith(f"{SCORE}#")
    return parts.playbook.wave(wave.what) if score else parts.playbook.waves.get(wave.what)


def load(conn: Connection, *, content: Content, wave: Wave) -> Outcome:
    """What a closed wave has left, and what it may be compared with."""
    here = {"workspace": wave.workspace, "project_id": wave.project_id}
    every = waves.of_project(conn, **here)
    earlier = [one for one in every if one.outcome == "kept" and one.opened_on < wave.opened_on]
    alike = [one for one in earlier if bool(one.lots) == bool(wave.lots)]  # team with team, users with users
    last = next((one for one in reversed(alike) if one.what == wave.what), None)
    start = next((one for one in alike if one.what == STARTS.get(wave.what)), None)
    others = [one for one in (last, start) if one is not None]
    found = waves.results(conn, workspace=wave.workspace, ids=[one.id for one in (wave, *others)])
    return Outcome(
        wave=wave,
        content=content.with_added([item.id for item in wave.items]),
        kept=found[wave.id],
        before=found[last.id] if last else {},
        start=found[start.id] if start else {},
        banded=wave.id in wave_bands.banded(conn, **here),
    )


def page(who: Asker, found: Outcome) -> list[Json]:
    """The blocks, from the whole to the parts."""
    w, items = who.w, {item.id: item for item in found.wave.items}
    rows = [blocks.context(w.md("*Anonymous.* Group results only; nobody can see who answered what."))]
    if not found.kept:
        return [*rows, blocks.section(w("Not enough answers to protect everyone"))]
    if (whole := index(w, found)) is not None:
        rows.append(blocks.section(whole))
    rows += _barrier(w, found)
    held = who.here.cast.roles_of(who.actor.user)
    for question in found.content.questions:
        entitled = ONLY_FOR.get(question.id)
        if question.id in items and (entitled is None or held & entitled):
            rows += asked(w, found, question, items[question.id])
    return rows[: limits.VIEW_BLOCKS]


def index(w: Wording, found: Outcome) -> Mrkdwn | None:
    """COLLAB or BPI, to the nearest 5 below ten answers."""
    now = reading.index(found.wave.what, found.kept)
    if now is None:
        return None
    before = reading.index(found.wave.what, found.before)
    said: list[Any] = [bold(w(INDEX[found.wave.what]))]
    if not found.banded:
        said.append(w("{n} of 100", n=shown.index(now.value, now.n)))
    said.append(_answers(w, now.n))
    if before is not None:
        said.append(w(WENT[shown.index_moved(before.value, now.value)]))
    start = reading.index(STARTS.get(found.wave.what, ""), found.start)
    if start is not None:
        went = w(WENT[shown.index_moved(start.value, now.value)])
        said.append(w("since the first time: {went}", went=went))
    return Mrkdwn(" · ").join(said)


def asked(w: Wording, found: Outcome, question: Question, item: Item) -> list[Json]:
    """One question."""
    head = bold(w.of(question.words))
    match found.kept.get(question.id):
        case ScaleKept() as kept:
            return [blocks.section(Mrkdwn("\n").join([head, *_scale(w, found, item, kept)]))]
        case ChoiceKept() as kept:
            if found.banded:  # two distributions of nearly the same people tell of those who joined or left
                kept = replace(kept, counts=None)
            return [blocks.section(Mrkdwn("\n").join([head, *_choice(w, question, item, kept)]))]
        case TextKept() as kept:
            return _texts(w, head, kept)
        case _:
            return [blocks.section(Mrkdwn("\n").join([head, w.md("Not enough answers to protect everyone")]))]


def _scale(w: Wording, found: Outcome, item: Item, kept: ScaleKept) -> list[Mrkdwn]:
    before = found.before.get(item.id)
    whole = Sum(kept.n, kept.total)
    said: list[Any] = [w(BANDS[shown.band(whole)]) if found.banded else _mean(w, whole)]
    said.append(_answers(w, kept.n, item.invited))
    if isinstance(before, ScaleKept):
        said.append(w(WENT[shown.moved(Sum(before.n, before.total), whole)]))
    if kept.polar:
        said.append(w("opinions are split"))
    lines = [Mrkdwn(" · ").join(said)]
    if kept.apart:
        names = w.listed(w(FUNCTIONS.get(one, one)) for one in kept.apart)
        lines.append(w.md("{functions} see it differently.", functions=names))
    for part, figures in kept.groups.items():
        figure = w(BANDS[shown.band(figures)]) if found.banded else _mean(w, figures)
        lines.append(Mrkdwn(" · ").join([w.md("{function}:", function=w(FUNCTIONS.get(part, part))), figure]))
    return lines


def _choice(w: Wording, question: Question, item: Item, kept: ChoiceKept) -> list[Mrkdwn]:
    """Counts as bars from ten answers; below, only what is kept."""
    labels = {option.value: w.of(option.label) for option in question.options}
    lines = [md(_answers(w, kept.n, item.invited))]
    if kept.counts is not None and shown.bars(kept.n):
        lines += [
            Mrkdwn(" · ").join([f"{bar(n, kept.n)} {n}", labels.get(value, value)])
            for value, n in kept.counts.items()
        ]
    elif kept.named:
        names = w.listed(labels.get(one, one) for one in kept.named)
        lines.append(w.md("Named by at least 40 in 100: {options}.", options=names))
    elif kept.top:
        names = w.listed(labels.get(one, one) for one in kept.top)
        lines.append(w.md("Most chosen, in no order: {options}.", options=names))
    elif not shown.bars(kept.n):
        lines.append(w.md("Too few answers to show how they spread without showing whose they are."))
    return lines


def _texts(w: Wording, head: Mrkdwn, kept: TextKept) -> list[Json]:
    """Texts whose authors let them be quoted: shuffled at closing, without date."""
    rows = [blocks.section(Mrkdwn("\n").join([head, md(_answers(w, kept.n))]))]
    return rows + [blocks.section(quote(text)) for text in kept.quotes]


def _barrier(w: Wording, found: Outcome) -> list[Json]:
    """The first step of the pulse to act on."""
    steps = found.content.steps
    step = reading.barrier(steps, found.kept)
    if step is None:
        return []
    words = {question.id: question.short for question in found.content.questions}
    item = next(id for id, one in steps if one == step)
    said = w.md(
        "*First to act on: {step}.* {action}", step=words[item], action=w.of(found.content.actions[step])
    )
    return [blocks.section(said)]


def _mean(w: Wording, figures: Sum) -> str:
    found = shown.mean(figures)
    figure = w.number(found.tenths / 10)
    if found.bound == "or_less":
        return w("mean {figure} of 5 or less", figure=figure)
    if found.bound == "or_more":
        return w("mean {figure} of 5 or more", figure=figure)
    said = w("mean {figure} of 5", figure=figure)
    return f"{said} {bar(found.tenths, 50)}" if shown.bars(figures.n) else said


def _answers(w: Wording, n: int, invited: int = 0) -> str:
    """ "from 5 answers", beside the number invited."""
    if invited:
        return w("from {n} answers, {invited} invited", n=shown.at_least(n), invited=invited)
    return w("from {n} answers", n=shown.at_least(n))


def bar(part: int, whole: int) -> str:
    """A bar of ten in text."""
    filled = round(BAR * part / whole) if whole else 0
    return FULL * filled + EMPTY * (BAR - filled)


FUNCTIONS = {
    "marketing": N_("Marketing"), "sales": N_("Sales"), "service": N_("After-sales"), "it": N_("IT"),
    "data": N_("Data"), "finance": N_("Finance"), "hr": N_("HR"), "management": N_("Management"),
    "other": N_("Other"),
}  # fmt: skip
ACTIONS: dict[str, Any] = {"wave.results": opened}
