"""The pictures of documents: families, risks, lots in time, benefits. Each with the same in words.

Pure: plain figures in, SVG in both languages out. Ranks nobody: families, risks, lots and benefits only.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from flows.dates import short_date
from flows.diagnosis.figures import exact
from flows.diagnosis.model import DiagnosisModel
from flows.diagnosis.result import Diagnosis
from flows.dialogue.results import Bar
from flows.dialogue.show import joined
from flows.document.model import Figure
from flows.document.svg import ACCENT, CRITICAL, FAINT, SHADES, box, diamond, lines, rule, sheet, text
from flows.register.matrix import LEVELS, STEPS, Matrix
from flows.register.model import Kept
from flows.words import LANGUAGES, Language, Words

WIDTH = 720
LEFT, BAR, ROW = 240, 440, 34  # where bars begin, how long they may be, how far apart
LIKELY, IMPACT = Words("Likelihood →", "Probabilité →"), Words("Impact →", "Impact →")


def decimal(figure: float) -> Words:
    """A figure as it is written in each language."""
    return Words(f"{figure:g}", f"{figure:g}".replace(".", ","))


WEEK, WEEKS = Words("week", "semaine"), Words("weeks", "semaines")


def counted(figure: float, one: Words, many: Words) -> Words:
    """ "2.5 weeks": French counts in the singular below two, English for one alone."""
    n = decimal(figure)
    en, fr = (one if figure == 1 else many).en, (one if figure < 2 else many).fr
    return Words(f"{n.en} {en}", f"{n.fr} {fr}")


def _both(draw: "dict[Language, str]") -> Words:
    return Words(draw["en"], draw["fr"])


def families(found: Diagnosis, model: DiagnosisModel) -> Figure:
    """The four families as bars from 0 to 100; what missing answers leave open is a paler stretch."""
    label = Words("The four families", "Les quatre familles")
    known = [(model.families[n], family) for n, family in found.families.items() if family.score is not None]
    said = Words("{family} {score} of 100", "{family} {score} sur 100")
    alt = joined([said.fill(family=name, score=_whole(one.score)) for name, one in known], ", ")

    def drawn(language: Language) -> str:
        shapes = [*_scale(len(known))]
        for n, (name, one) in enumerate(known):
            y, score = 20 + n * ROW, one.score or 0.0
            shade = SHADES[model.band(exact(score)).code]
            shapes += [
                text(LEFT - 12, y + 15, name.in_(language), anchor="end"),
                box(LEFT + one.low * BAR / 100, y, (one.high - one.low) * BAR / 100, 20, "#e4e7ee"),
                box(LEFT, y + 3, score * BAR / 100, 14, shade),
                text(LEFT + max(one.high, score) * BAR / 100 + 8, y + 15, str(_whole(score)), size=13),
            ]
        return sheet(WIDTH, 44 + len(known) * ROW, shapes)

    return Figure(label=label, alt=alt, drawing=_both({one: drawn(one) for one in LANGUAGES}))


def _whole(score: float | None) -> int:
    return int(exact(score or 0.0) + 0.5)


def _listed(parts: Sequence[Words]) -> Words:
    """One after another, with the sign and the space that each language puts between."""
    return Words("; ".join(one.en for one in parts), " ; ".join(one.fr for one in parts))


def _scale(rows: int) -> Iterable[str]:
    """Where 0, 50 and 100 are."""
    bottom = 20 + rows * ROW
    for figure in (0, 50, 100):
        x = LEFT + figure * BAR / 100
        yield rule(x, 12, x, bottom)
        yield text(x, bottom + 14, str(figure), size=11, anchor="middle", fill=FAINT)


def benefits(bars: Sequence[Bar]) -> Figure:
    """Benefits expected in the order of their mean ranks: the longer the bar, the higher it stands."""
    said = Words("{n}. {what}, mean rank {mean}", "{n}. {what}, rang moyen {mean}")
    means = [bar.mean or 0.0 for bar in bars]
    alt = _listed(
        [
            said.fill(n=n, what=bar.label, mean=Words(f"{mean:.1f}", f"{mean:.1f}".replace(".", ",")))
            for n, (bar, mean) in enumerate(zip(bars, means, strict=True), 1)
        ],
    )
    last = len(bars)

    def drawn(language: Language) -> str:
        shapes: list[str] = []
        for n, (bar, mean) in enumerate(zip(bars, means, strict=True)):
            y = 10 + n * ROW
            length = (last + 1 - mean) * BAR / last
            shapes += [
                lines(LEFT - 12, y + 17, bar.label.in_(language), 34),
                box(LEFT, y + 4, length, 18, ACCENT),
                text(LEFT + length + 8, y + 17, f"{mean:.1f}".replace(".", "," if language == "fr" else ".")),
            ]
        return sheet(WIDTH + 60, 20 + last * ROW, shapes)

    label = Words("Benefits expected, in order", "Bénéfices attendus, dans l’ordre")
    return Figure(label=label, alt=alt, drawing=_both({one: drawn(one) for one in LANGUAGES}))


CELL, GRID_LEFT, GRID_TOP = 110, 90, 14
GREY = {15: "#e3a59d", 10: "#f2cda4", 5: "#faeec4", 1: "#e6f1e8"}


def risks(found: Matrix) -> Figure:
    """The open risks on a grid of likelihood by impact, each by its number."""
    lines = [
        Words("{level}: {refs}", "{level} : {refs}").fill(
            level=level, refs=", ".join(risk.ref for risk in kept)
        )
        for level, kept in found.levels
    ]

    def drawn(language: Language) -> str:
        bottom = GRID_TOP + 5 * 62
        shapes = [
            *(shape for impact in STEPS for likely in STEPS for shape in _cell(found, likely, impact)),
            text(GRID_LEFT + 2.5 * CELL, bottom + 34, LIKELY.in_(language), size=13, anchor="middle"),
            f'<g transform="translate(30 {GRID_TOP + 155}) rotate(-90)">'
            f"{text(0, 0, IMPACT.in_(language), size=13, anchor='middle')}</g>",
            *(
                text(GRID_LEFT + (n - 0.5) * CELL, bottom + 16, str(n), size=12, anchor="middle")
                for n in STEPS
            ),
            *(
                text(GRID_LEFT - 12, bottom - (n - 0.5) * 62 + 4, str(n), size=12, anchor="end")
                for n in STEPS
            ),
        ]
        return sheet(WIDTH, bottom + 46, shapes)

    drawing = _both({one: drawn(one) for one in LANGUAGES})
    return Figure(
        label=Words("Risks on a grid", "Les risques sur une grille"), alt=_listed(lines), drawing=drawing
    )


def _cell(found: Matrix, likely: int, impact: int) -> Iterable[str]:
    """One place of the grid with the numbers that stand there, at most five and how many more."""
    x, y = GRID_LEFT + (likely - 1) * CELL, GRID_TOP + (5 - impact) * 62
    fill = GREY[next(least for least, _ in LEVELS if likely * impact >= least)]
    yield box(x + 2, y + 2, CELL - 4, 58, fill)
    here = found.cells.get((likely, impact), ())
    refs = [risk.ref for risk in here[:5]] + ([f"+ {len(here) - 5}"] if len(here) > 5 else [])
    for n, ref in enumerate(refs):
        yield text(x + 10 + n % 2 * 50, y + 20 + n // 2 * 17, ref, size=12)


def timeline(lots: Sequence[Kept], names: Sequence[Words]) -> Figure | None:
    """The lots in time, from their start to the day they go live; None where no lot has both."""
    dated = [
        (name, first, lot.due)
        for lot, name in zip(lots, names, strict=True)
        if (first := _day(lot.fields.get("start"))) is not None and lot.due is not None and lot.due > first
    ]
    if not dated:
        return None
    begin, end = min(first for _, first, _ in dated), max(last for _, _, last in dated)
    said = Words("{lot} from {first} to {last}", "{lot} du {first} au {last}")
    alt = _listed(
        [said.fill(lot=name, first=short_date(first), last=short_date(last)) for name, first, last in dated],
    )
    span = (end - begin).days

    def drawn(language: Language) -> str:
        bottom = 14 + len(dated) * ROW
        shapes = [
            *(
                shape
                for x, day in ((LEFT, begin), (LEFT + BAR, end))
                for shape in (
                    rule(x, 8, x, bottom),
                    text(x, bottom + 18, short_date(day).in_(language), size=11, anchor="middle", fill=FAINT),
                )
            )
        ]
        for n, (name, first, last) in enumerate(dated):
            x = LEFT + (first - begin).days * BAR / span
            width = (last - first).days * BAR / span
            shapes.append(lines(LEFT - 12, 14 + n * ROW + 17, name.in_(language), 32))
            shapes.append(box(x, 14 + n * ROW + 3, width, 20, ACCENT))
        return sheet(WIDTH + 40, bottom + 30, shapes)

    label = Words("The lots in time", "Les lots dans le temps")
    return Figure(label=label, alt=alt, drawing=_both({one: drawn(one) for one in LANGUAGES}))


def path(tasks: Sequence[tuple[str, Words, float, float]], critical: Sequence[str], weeks: float) -> Figure:
    """The key tasks in weeks from the start; those of the critical path are darker and bear a mark.
    `tasks`: number, name, first week, length."""
    said = Words("{ref} week {first} to {last}{mark}", "{ref} semaine {first} à {last}{mark}")
    mark = Words(", critical", ", critique")
    alt = _listed(
        [
            said.fill(
                ref=ref, first=decimal(first), last=decimal(first + length),
                mark=mark if ref in critical else Words("", ""),
            )
            for ref, _, first, length in tasks
        ],
    )  # fmt: skip

    def drawn(language: Language) -> str:
        bottom = 14 + len(tasks) * ROW
        shapes = [rule(LEFT, 8, LEFT, bottom), rule(LEFT + BAR, 8, LEFT + BAR, bottom)]
        unit = counted(weeks, WEEK, WEEKS).in_(language)
        shapes.append(text(LEFT + BAR, bottom + 18, unit, size=11, anchor="end", fill=FAINT))
        for n, (ref, name, first, length) in enumerate(tasks):
            y, on_path = 14 + n * ROW, ref in critical
            shade = CRITICAL if on_path else ACCENT
            shapes.append(lines(LEFT - (22 if on_path else 12), y + 17, f"{ref} {name.in_(language)}", 31))
            shapes += [diamond(LEFT - 11, y + 13, 6, shade)] if on_path else []
            shapes.append(box(LEFT + first * BAR / weeks, y + 3, max(length * BAR / weeks, 2), 20, shade))
        return sheet(WIDTH, bottom + 30, shapes)

    label = Words("Key tasks and critical path (◆)", "Tâches clés et chemin critique (◆)")
    return Figure(label=label, alt=alt, drawing=_both({one: drawn(one) for one in LANGUAGES}))


def _day(typed: object) -> date | None:
    return date.fromisoformat(str(typed)) if typed else None
