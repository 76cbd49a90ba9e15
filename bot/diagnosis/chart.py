"""The four families as a chart: Slack's own block, beside which the same facts always stand in words.

Messages only: Slack takes no chart in a modal or in Home (slack.md). Draws nothing itself.
"""

from bot.diagnosis import figures
from bot.diagnosis.picture import Picture
from bot.words import limits
from bot.words.blocks import Json
from bot.words.limits import fit
from bot.words.text import Wording


def chart(w: Wording, picture: Picture) -> list[Json]:
    """A bar a family, and one beside it for the run before; nothing while nothing can be concluded."""
    found = picture.found
    scored = [n for n in figures.order(picture.project.phase, found.families) if _now(picture, n) is not None]
    if found.verdict == "INSUFFICIENT" or not scored:
        return []
    names = {n: fit(w.of(picture.model.families[n]).split()[0], limits.CHART_LABEL) for n in scored}
    series = [_series(w("Now"), {names[n]: _now(picture, n) for n in scored})]
    if picture.before is not None and all(_then(picture, n) is not None for n in scored):
        series.insert(0, _series(w("Last time"), {names[n]: _then(picture, n) for n in scored}))
    axis = {
        "categories": list(names.values()),
        "x_label": fit(w("Family"), limits.CHART_TITLE),
        "y_label": fit(w("Out of 100"), limits.CHART_TITLE),
    }
    return [
        {
            "type": "data_visualization",
            "title": fit(w("The four families, out of 100"), limits.CHART_TITLE),
            "chart": {"type": "bar", "series": series, "axis_config": axis},
        }
    ]


def _series(name: str, values: dict[str, int | None]) -> Json:
    data = [{"label": label, "value": value} for label, value in values.items()]
    return {"name": fit(name, limits.CHART_LABEL), "data": data}


def _now(picture: Picture, number: int) -> int | None:
    score = picture.found.families[number].score
    return None if score is None else figures.whole(score)


def _then(picture: Picture, number: int) -> int | None:
    family = picture.before.families.get(number) if picture.before else None
    return None if family is None or family.score is None else figures.whole(family.score)
