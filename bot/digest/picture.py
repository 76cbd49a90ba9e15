"""The four families over time: as a drawing for the mail, as Slack's own chart, and the same in words.

Reads runs of the diagnosis that are kept, and rounds as the diagnosis does.
"""

from collections.abc import Iterable, Mapping, Sequence

from bot.diagnosis import figures
from bot.words import curves
from bot.words.curves import LEAST, Curves, Drawing, Line
from bot.words.text import Wording
from flows.words import Words
from storage.diagnosis import Run

MOST = 12  # runs in it
OF = 100


def families(w: Wording, runs: Sequence[Run], names: Mapping[int, Words]) -> Drawing | None:
    """The last runs of the diagnosis, oldest first; None while there is nothing to compare."""
    known = _daily(run for run in runs if run.verdict != "INSUFFICIENT")[-MOST:]
    every = [
        Line(name=w.of(names[n]), short=w.of(names[n]).split()[0], values=[_score(run, n) for run in known])
        for n in sorted(names)
    ]
    lines = [line for line in every if len(line.known) >= LEAST]
    if not lines:
        return None
    it = Curves(
        title=w("The four families over time"),
        days=[w.short_day(run.at.date()) for run in known],
        lines=lines,
        top=OF,
        across=w("Run of the diagnosis"),
        up=w("Out of 100"),
    )
    span = (w.day(known[0].at.date()), w.day(known[-1].at.date()))
    return Drawing(svg=curves.svg(it), alt=_said(w, it, *span), chart=curves.chart(it))


def _daily(runs: Iterable[Run]) -> list[Run]:
    """The last of each day."""
    return list({run.at.date(): run for run in sorted(runs, key=lambda run: run.number)}.values())


def _score(run: Run, n: int) -> int | None:
    family = run.families.get(n)
    return None if family is None or family.score is None else figures.whole(family.score)


def _said(w: Wording, it: Curves, start: str, end: str) -> str:
    """ "From Mon 2 Feb to Mon 16 Feb: Solution from 60 to 65, People from 48 to 48"."""
    said = [
        w("{family} from {before} to {now}", family=line.name, before=line.known[0], now=line.known[-1])
        for line in it.lines
    ]
    return w("{start} to {end}: {families}", start=start, end=end, families=", ".join(said))
