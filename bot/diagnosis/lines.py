"""The lines of a diagnosis in order (3.8): verdict, families, gates, advice.

Blocks for a message or a page alike. Every sign stands beside a word (journeys 8.3).
"""

from bot.diagnosis import figures
from bot.diagnosis.picture import Picture, Reader
from bot.diagnosis.seen import seen
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from flows.diagnosis.advice import advised, headline
from flows.diagnosis.figures import exact
from flows.diagnosis.result import Fired
from flows.words import Words

#: What ends the first part of an advice.
#: Advice cards shown at once; "See all" opens the rest.
AT_ONCE = 5


def verdict(w: Wording, picture: Picture) -> Mrkdwn:
    """The verdict, readiness, and the text that goes with it. No figure while nothing can be concluded."""
    found, model, project = picture.found, picture.model, picture.project
    label = w.of(model.labels[found.verdict])
    if found.verdict == "INSUFFICIENT":
        head = w.md("*{project}* — {label}.", project=project.name, label=label)
        covered = w.percent(figures.percent(found.coverage))
        early = w.md("Too early: {coverage} of the expected answers are in.", coverage=covered)
        return Mrkdwn("\n").join([head, early])
    template = model.message["head"].in_(w.language)
    provisional = w(", provisional") if found.provisional else ""
    score = figures.whole(found.readiness)
    head = w.md(template, project=project.name, verdict_label=label, score=score, provisional=provisional)
    return Mrkdwn("\n").join([head, *texts(w, picture)])


def texts(w: Wording, picture: Picture) -> list[Mrkdwn]:
    """Why it is no go, and that answers are missing (3.6)."""
    found, said = picture.found, picture.model.texts
    lines: list[Mrkdwn] = []
    why = said[f"no_go_{found.kind}"].in_(w.language) if found.kind else ""
    if found.kind == "structural":
        lines.append(w.md(why))
    elif found.kind == "prerequisite":
        failing = (w.of(picture.model.gates[id].words) for id, how in found.gates.items() if how == "fail")
        lines.append(w.md(why, gates=w.listed(failing)))
    elif found.kind == "score":
        score = figures.whole(found.readiness)
        lines.append(w.md(why, score=score))
        lines += [w.md("• {point}", point=picture.model.indicators[id].words) for id in found.three_points]
    if found.provisional:
        covered = said["provisional"].in_(w.language)
        lines.append(w.md(covered, coverage=figures.percent(found.coverage)))
    return lines


def families(w: Wording, picture: Picture) -> Mrkdwn:
    """One line a family, the most visible one of the phase first."""
    numbers = figures.order(picture.project.phase, picture.found.families)
    return Mrkdwn("\n").join(family(w, picture, number) for number in numbers)


def family(w: Wording, picture: Picture, number: int) -> Mrkdwn:
    """ "🟡 Solution: to strengthen (65) → same"; without a band while nothing can be concluded."""
    now, name = picture.found.families[number], picture.model.families[number]
    if picture.found.verdict == "INSUFFICIENT" or now.score is None:
        said = figures.span(w, now) if now.score is not None else w("no answers yet")
        return w.md("{family}: {said}", family=name, said=said)
    icon, _ = figures.band(picture.model, now)
    before = picture.before.families.get(number) if picture.before else None
    template = picture.model.message["family"].in_(w.language)
    line = w.md(
        template,
        icon=icon,
        family=name,
        band=_inside(w.of(picture.model.band(exact(now.score)).words)),
        score=figures.score(w, now),
        range="",
        arrow=figures.arrow(w, now, before),
    )
    return Mrkdwn(line.strip())


def gates(w: Wording, picture: Picture) -> Mrkdwn:
    """One line a gate, its standing in a word."""
    model = picture.model
    template = model.message["gate"].in_(w.language)

    def line(id: str) -> Mrkdwn:
        standing = picture.found.gates[id]
        how = _inside(w.of(model.standings[standing]))
        said = w("{gate}: {standing}", gate=model.gates[id].words, standing=how)
        return w.md(template, icon=figures.GATES[standing], gate=said)

    return Mrkdwn("\n").join(line(id) for id in picture.found.gates)


def _inside(words: str) -> str:
    """Words of content as they stand inside a line."""
    return words[:1].lower() + words[1:]


def advice(w: Wording, picture: Picture, fired: Fired, reader: Reader) -> Mrkdwn:
    """One advice: the rule, what it was seen in, one next step."""
    rule = picture.model.rules[fired.id]
    template = picture.model.message["advice"].in_(w.language)
    return w.md(
        template,
        rule_id=fired.id,
        text=_text(w, picture, rule.words),
        evidence=seen(w, picture, fired.id, reader),
        next=rule.next,
    )


def _text(w: Wording, picture: Picture, words: Words) -> str:
    """The advice in words, without the note of who gets it; cut short where the verdict has said it."""
    said = picture.model.texts["no_go_structural"]
    short = picture.found.kind == "structural" and words == said
    return w.of(headline(words)) + "." if short else w.of(advised(words))
