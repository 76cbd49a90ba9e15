"""The pulse over waves as stairs: a drawing for mails, Slack's own chart, and the same in words.

A wave that is not published is a gap in the drawing, is left out of Slack's chart, and is said in words.
"""

from collections.abc import Iterable, Sequence

from bot.words import curves
from bot.words.blocks import Json
from bot.words.curves import BOTTOM, FAINT, HANDS, INK, LEAST, RULE, TOP, WIDTH, Drawing
from bot.words.limits import fit
from bot.words.text import Wording
from flows.digest.pulse import Stair
from flows.words import Words

LEFT, RIGHT = 290, WIDTH - 8  # names of the steps stand to the left
NAME = 31  # characters of a step beside its stair
FILL = "#d6e6f2"
SIDE_BY_SIDE = 6  # days that fit under their stairs


def drawing(w: Wording, found: Sequence[Stair], steps: Sequence[Words]) -> Drawing | None:
    """None while fewer than two waves could be published."""
    known = [one for one in found if one.reached is not None]
    if len(known) < LEAST:
        return None
    return Drawing(svg=_svg(w, found, steps), alt=_said(w, found, steps), chart=[_chart(w, known, steps)])


def _chart(w: Wording, known: Sequence[Stair], steps: Sequence[Words]) -> Json:
    """A bar a wave: how many steps hold."""
    days = [w.short_day(one.day) for one in known]
    data = [{"label": day, "value": one.reached} for day, one in zip(days, known, strict=True)]
    series = {"name": w("Steps that hold"), "data": data}
    title = w("The pulse: steps that hold, out of {n}", n=len(steps))
    return curves.block(title, "bar", [series], days, across=w("Check-in"), up=w("Steps"))


def _said(w: Wording, found: Sequence[Stair], steps: Sequence[Words]) -> str:
    """ "Mon 2 Feb: first to act on: wanting to take part; Mon 23 Feb: not published; …"."""
    return " · ".join(
        w("{what}: {question}", what=w.short_day(o.day), question=_one(w, o, steps)) for o in found
    )


def _one(w: Wording, stair: Stair, steps: Sequence[Words]) -> str:
    if stair.reached is None:
        return w("not published")
    if stair.reached == len(steps):
        return w("all steps hold")
    return w("first to act on “{step}”", step=steps[stair.reached])


def _svg(w: Wording, found: Sequence[Stair], steps: Sequence[Words]) -> str:
    parts = [*curves.opened(), *_names(w, steps)]
    wide = (RIGHT - LEFT) / len(found)
    for at, stair in enumerate(found):
        parts += _column(w, stair, LEFT + at * wide, wide, len(steps))
        if at in (0, len(found) - 1) or len(found) <= SIDE_BY_SIDE:
            middle = LEFT + (at + 0.5) * wide
            parts.append(curves.text(middle, BOTTOM + 26, w.short_day(stair.day), anchor="middle"))
    return "\n".join([*parts, "</svg>"])


def _names(w: Wording, steps: Sequence[Words]) -> Iterable[str]:
    """The first step at the bottom, as one climbs."""
    high = (BOTTOM - TOP) / len(steps)
    for n, step in enumerate(steps):
        y = BOTTOM - n * high
        yield f'<line x1="{LEFT}" y1="{y:.1f}" x2="{RIGHT}" y2="{y:.1f}" stroke="{RULE}"/>'
        yield curves.text(LEFT - 10, y - high / 2 + 5, fit(f"{n + 1} {w.of(step)}", NAME), INK, "end")


def _column(w: Wording, stair: Stair, x: float, wide: float, of: int) -> Iterable[str]:
    """Filled as high as the steps hold; dashed and empty where nothing is published."""
    left, across = x + wide * 0.15, wide * 0.7
    if stair.reached is None:
        yield (
            f'<rect x="{left:.1f}" y="{TOP}" width="{across:.1f}" height="{BOTTOM - TOP}" fill="none" '
            f'stroke="{FAINT}" stroke-dasharray="4 6"/>'
        )
        middle, centre = x + wide / 2 + 5, (TOP + BOTTOM) / 2
        said = curves.text(middle, centre, w("not published"), anchor="middle")
        yield f'<g transform="rotate(-90 {middle:.1f} {centre:.1f})">{said}</g>'
        return
    high = max((BOTTOM - TOP) * stair.reached / of, 3)
    yield (
        f'<rect x="{left:.1f}" y="{BOTTOM - high:.1f}" width="{across:.1f}" height="{high:.1f}" '
        f'fill="{FILL}" stroke="{HANDS[0][0]}" stroke-width="2"/>'
    )
