"""What a revealed ballot says, in words: how votes were spread, what is kept, what is open. Names nobody who
has not signed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.dialogue.values import MOSCOW
from bot.words import blocks
from bot.words.mrkdwn import Mrkdwn, bold, md
from bot.words.text import N_, Wording
from bot.workshops import signed
from bot.workshops.ballots import FIST
from flows.words import Words
from flows.workshop.ballot import Line, Result
from flows.workshop.choice import SPLIT
from flows.workshop.fist import BLOCKS, SUPPORTS
from flows.workshop.script import BallotKind
from flows.workshop.sliders import POINTS

Json = dict[str, Any]
SHOWN = 25  # lines of one result; the rest is in the minutes
#: The four boxes of the grid (4.1).
BOXES: Mapping[str, str] = {
    "do_now": N_("do now"), "plan": N_("plan"), "if_time": N_("if time allows"), "leave": N_("leave"),
}  # fmt: skip


def told(w: Wording, result: Result, names: Mapping[str, str], *, asked: Words | None = None) -> list[Json]:
    """A result as blocks: a sentence, its lines, what was said, who signed. `asked`: what stands above it
    already, and is not said again."""
    rows = [blocks.section(head(w, result))]
    shown = result.lines[:SHOWN]
    lines = (
        _board(w, shown) if result.kind == "moscow" else [_line(w, result.kind, one, asked) for one in shown]
    )
    if lines and result.verdict != "empty":
        rows.append(blocks.section(Mrkdwn("\n").join(lines)))
    if len(result.lines) > SHOWN:
        rows.append(blocks.context(w("… and {n} more", n=len(result.lines) - SHOWN)))
    said = [md(f"• {text}") for line in result.lines for text in line.why][:SHOWN]
    if said:
        rows.append(blocks.section(Mrkdwn("\n").join([w.md("*In their words, unsigned*"), *said])))
    if result.signed:
        rows.append(blocks.context(Mrkdwn("\n").join(signed.votes(w, result, names))))
    return rows + _counts(w, result)


def _line(w: Wording, kind: BallotKind, line: Line, asked: Words | None) -> Mrkdwn:
    """One line, which begins with a point where there may be several."""
    if kind == "fist":
        said = _fist(w, line)
        return said if line.item.words == asked else Mrkdwn("\n").join([bold(w.of(line.item.words)), said])
    said = LINES[kind](w, line)
    return said if kind == "ranking" else Mrkdwn(" ").join([Mrkdwn("•"), said])


def _board(w: Wording, lines: Sequence[Line]) -> list[Mrkdwn]:
    """The boxes one under the other, each with what stands in it; what people are split on comes last."""
    rows: list[Mrkdwn] = []
    for box, title in {**MOSCOW, SPLIT: N_("Split, to be settled one by one")}.items():
        within = [line for line in lines if line.outcome == box]
        if within:
            rows += [bold(w(title)), *(Mrkdwn(" ").join([Mrkdwn("•"), _moscow(w, one)]) for one in within)]
    return rows


def head(w: Wording, result: Result) -> Mrkdwn:
    """The result in a sentence."""
    if result.verdict == "empty" and result.abstained:
        return w.md("*Everybody who answered abstained.* Nothing is decided by it.")
    if result.verdict == "empty":
        return w.md("*Nobody voted.* Nothing is decided by it.")
    if result.indicative:
        return w.md("*Indicative only:* quorum is missing. This vote will be replayed.")
    return _head(w, result)


def _head(w: Wording, result: Result) -> Mrkdwn:  # noqa: PLR0911 - one sentence each
    match result.kind, result.verdict:
        case "fist", "settled":
            return w.md("*Carried.*")
        case "fist", "again":
            return w.md("*Not carried yet.* A second vote comes after amending.")
        case "fist", _:
            return w.md("*Two votes, no agreement.* The arbiter decides, with both positions.")
        case "dots", "again":
            return w.md("*A tie at the cut line.* One more dot each, between those that are tied.")
        case "dots", "failed":
            return w.md("*Tied twice.* The group says which stay; until then it is an open point.")
        case "choice", "again":
            return w.md("*No majority on some of them.* They are voted on once more.")
        case "choice", "failed":
            return w.md("*No majority after two votes.* What is left open goes to the arbiter.")
        case _:
            return w.md("*The result.*")


def _counts(w: Wording, result: Result) -> list[Json]:
    said = w.plural("{n} of {all} voted", "{n} of {all} voted", result.n, all=result.voters)
    parts = [said]
    if result.abstained:
        parts.append(w.plural("{n} abstained", "{n} abstained", result.abstained))
    parts.append(w("Totals only; no vote is kept."))
    return [blocks.context(" · ".join(parts))]


def _dots(w: Wording, line: Line) -> Mrkdwn:
    outcome = {"kept": w("kept"), "tied": w("tied"), "out": ""}.get(line.outcome, "")
    dots = w.plural_md("{n} dot", "{n} dots", int(line.figure))
    return _joined(w, line, dots, outcome, strong=line.outcome == "kept")


def _fist(w: Wording, line: Line) -> Mrkdwn:
    """Each of the six points in words, then what carries it and what does not."""
    counts = {int(point): n for point, n in line.counts.items()}
    spread = [
        w("{what}: {n}", what=f"{point} {w(said)}", n=counts.get(point, 0)) for point, said in FIST.items()
    ]
    for_it = sum(n for point, n in counts.items() if point >= SUPPORTS)
    said = [w("{n} of {all} at 3 or more: {share}, and 80% needed", n=for_it, all=line.n,
              share=w.percent(round(line.figure)))]  # fmt: skip
    if against := sum(n for point, n in counts.items() if point <= BLOCKS):
        said.append(w.plural("{n} at 0 or 1, and nobody may be", "{n} at 0 or 1, and nobody may be", against))
    return Mrkdwn("\n").join([*map(md, spread), md(" · ".join(said))])


def _grid(w: Wording, line: Line) -> Mrkdwn:
    if not line.n:
        return _joined(w, line, w.md("nobody has said"), "")
    said = w.md("effect {a}, effort {b}", a=w.number(line.figure), b=w.number(line.second))
    return _joined(w, line, said, w(BOXES[line.outcome]), strong=line.outcome == "do_now")


def _points(w: Wording, line: Line) -> Mrkdwn:
    said = w.md("{n} of 100", n=int(line.figure))
    if line.counts:
        low, high = line.counts["lowest"], line.counts["highest"]
        return _joined(w, line, said, w("from {low} to {high}", low=low, high=high), strong=True)
    return _joined(w, line, said, "")


def _moscow(w: Wording, line: Line) -> Mrkdwn:
    spread = [w("{what}: {n}", what=w(MOSCOW[box]), n=n) for box, n in line.counts.items() if n]
    return _joined(w, line, md(" · ".join(spread) or w("nobody has said")), "")


def _choice(w: Wording, line: Line) -> Mrkdwn:
    known = {one.value: w.of(one.words) for one in line.item.options}
    spread = [w("{what}: {n}", what=known.get(value, value), n=n) for value, n in line.counts.items() if n]
    outcome = w("split") if line.outcome == SPLIT else known.get(line.outcome, line.outcome)
    said = md(" · ".join(spread) or w("nobody has said"))
    return Mrkdwn(" ").join([_joined(w, line, said, ""), *([md("→"), bold(outcome)] if outcome else [])])


def _slider(w: Wording, line: Line) -> Mrkdwn:
    """Both poles alike, and how many stand at each of the five points between them."""
    first, second = line.item.words, line.item.second or line.item.words
    spread = " · ".join(str(line.counts.get(str(point), 0)) for point in POINTS)
    outcome = w("people differ") if line.outcome == "differ" else w("people agree")
    return w.md("*{a} ↔ {b}* · {outcome}\n← {spread} →", a=first, b=second, spread=spread, outcome=outcome)


def _ranking(w: Wording, line: Line) -> Mrkdwn:
    said = w.plural_md("{n} point", "{n} points", int(line.figure))
    return w.md("{place}. {what} · {said}", place=line.outcome, what=line.item.words, said=said)


def _joined(w: Wording, line: Line, said: Mrkdwn, outcome: str, *, strong: bool = False) -> Mrkdwn:
    """One line in its parts."""
    what = bold(w.of(line.item.words)) if strong else md(w.of(line.item.words))
    return Mrkdwn(" · ").join([what, said, *([md(outcome)] if outcome else [])])


Said = Callable[[Wording, Line], Mrkdwn]
LINES: Mapping[BallotKind, Said] = {
    "dots": _dots, "grid": _grid, "sizes": _choice, "points": _points,
    "choice": _choice, "sliders": _slider, "levels": _choice, "ranking": _ranking,
}  # fmt: skip
