"""A hidden ballot as a form: one field for each item, whatever its kind, and the vote read back from it.

Shows no result and no other person's vote. What comes back is user input: nothing here raises on it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.dialogue.values import MOSCOW
from bot.words import blocks, elements
from bot.words.limits import LABEL, fit
from bot.words.mrkdwn import plain
from bot.words.text import N_, Wording
from flows.arbitration.slider import CLEARLY, RATHER
from flows.workshop.ballot import LONGEST, Ballot, Item, Vote
from flows.workshop.grid import AXES, key
from flows.workshop.points import given
from flows.workshop.script import BallotKind

Json = dict[str, Any]
VOTE, WHY, SIGN = "vote", "why", "sign"
PER_PAGE = 20  # items; with two fields each and their pages a form stays below Slack's hundred blocks
NONE = "-"  # no answer to this item: Slack cannot take a choice back
#: The six points of the support vote (4.1).
FIST: Mapping[int, str] = {
    0: N_("Block"), 1: N_("Serious objection"), 2: N_("Needs change"), 3: N_("Can live with it"),
    4: N_("Support"), 5: N_("Champion"),
}  # fmt: skip
IMPACT: Mapping[int, str] = {
    1: N_("1: hardly any"), 2: N_("2: little"), 3: N_("3: some"), 4: N_("4: much"), 5: N_("5: very much"),
}  # fmt: skip
HALF = N_("Halfway")
#: Kinds in which somebody may say why, beside their choice.
EXPLAINED: tuple[BallotKind, ...] = ("fist", "choice", "levels")


def fields(w: Wording, ballot: Ballot, *, page: int = 0, own: Vote, may_sign: bool = True) -> list[Json]:
    """The fields of one page, with what this person has put in already. Reasons stand on the last page, those
    for items of the pages before too: no word travels inside a form (T11). `may_sign`: not where people talk
    openly, which names nobody (W04)."""
    shown = ballot.items[page * PER_PAGE : (page + 1) * PER_PAGE]
    rows: list[Json] = [row for item in shown for row in ASK[ballot.kind](w, ballot, item, own.choices)]
    last = (page + 1) * PER_PAGE >= len(ballot.items)
    if last and ballot.kind in EXPLAINED:
        rows += [_why(w, ballot, item, own.why.get(item.id)) for item in ballot.items]
    if last and may_sign:
        options = [elements.option(w("Show my name beside my vote"), SIGN)]
        sign = elements.checkboxes(SIGN, options, initial=(SIGN,) if own.signed else ())
        rows.append(blocks.field(w("Signing is up to you"), sign, block_id=SIGN, optional=True))
    return rows


def intro(w: Wording, ballot: Ballot) -> str:
    """What to do, in a sentence."""
    match ballot.kind:
        case "dots" if ballot.attempt > 1:
            return w.plural_md(
                "Only what is tied is here: you have {n} dot.",
                "Only what is tied is here: you have {n} dots.", ballot.dots,
            )  # fmt: skip
        case "dots":
            return w.plural_md(
                "You have {n} dot, {most} at most on one item.",
                "You have {n} dots, {most} at most on one item.", ballot.dots, most=ballot.most,
            )  # fmt: skip
        case "points":
            return w.md("Give 100 points in all. An empty field counts as 0.")
        case "ranking":
            return w.md("Give each item its place: 1 comes first.")
        case "grid":
            return w.md("For each item: how much it changes, and how much effort it takes.")
        case _:
            return w.md("What you leave empty counts as an abstention on that item.")


def read(ballot: Ballot, typed: Mapping[str, Any], carried: Mapping[str, int | str]) -> Vote:
    """The vote as the form says it: this page as typed, the others as carried along."""
    choices: dict[str, int | str] = dict(carried)
    for name, value in typed.items():
        start, _, id = name.partition(":")
        if start == VOTE:
            choices.pop(id, None)
            if (found := _value(ballot, value)) is not None:
                choices[id] = found
    if ballot.kind == "dots":  # nothing given is nothing chosen: only zeros are an abstention
        choices = {id: given for id, given in choices.items() if given}
    said = {id: str(value).strip()[:LONGEST] for name, value in typed.items()
            if (id := name.removeprefix(f"{WHY}:")) != name and value}  # fmt: skip
    return Vote(
        choices=choices, why={id: text for id, text in said.items() if text}, signed=bool(typed.get(SIGN))
    )


def packed(ballot: Ballot, choices: Mapping[str, int | str]) -> str:
    """Choices of other pages, to travel with the form: by the place of their item, so that they fit."""
    places = {item.id: str(place) for place, item in enumerate(ballot.items)}
    short = {(id.partition(".")): value for id, value in choices.items()}
    return json.dumps(
        {places[id] + dot + axis: value for (id, dot, axis), value in short.items() if id in places},
        separators=(",", ":"),
    )


def carried(ballot: Ballot, text: str) -> dict[str, int | str]:
    """What `packed` made of them. User input: anything else is left out."""
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    ids = {str(place): item.id for place, item in enumerate(ballot.items)}
    parts = [(*key.partition("."), value) for key, value in found.items()] if isinstance(found, dict) else []
    return {
        ids[at] + dot + axis: said
        for at, dot, axis, said in parts
        if at in ids and isinstance(said, int | str)
    }


def of_page(ballot: Ballot, problems: Mapping[str, str], page: int) -> dict[str, str]:
    """Of a page that is not the last, what is to be mended there: what is missing in all may follow."""
    here = {item.id for item in ballot.items[page * PER_PAGE : (page + 1) * PER_PAGE]}
    return {id: code for id, code in problems.items() if id in here or code in ("dots", "number")}


def errors(w: Wording, ballot: Ballot, vote: Vote, problems: Mapping[str, str], page: int) -> dict[str, str]:
    """Each problem under its field, or under the first one where it is with the whole."""
    first = field_of(ballot, ballot.items[min(page * PER_PAGE, len(ballot.items) - 1)])
    here = {item.id: field_of(ballot, item) for item in ballot.items[page * PER_PAGE : (page + 1) * PER_PAGE]}
    return {here.get(id, first): problem(w, ballot, vote, code) for id, code in problems.items()}


def problem(w: Wording, ballot: Ballot, vote: Vote, code: str) -> str:
    """What is wrong, in words."""
    if code == "dots":
        return w.plural("You have {n} dot in all.", "You have {n} dots in all.", ballot.dots)
    if code.startswith("left "):
        total = given(ballot, vote)
        if total > 100:
            return w("These add up to {total}: {over} too many.", total=total, over=total - 100)
        return w("These add up to {total}: {left} left to give.", total=total, left=100 - total)
    said = {
        "places": w("Each item has a place of its own."),
        "both": w("Give both, or leave both empty."),
        "most": w("That is too many for one item."),
        "long": w("That is too long."),
    }
    return said.get(code, w("Choose one of the answers offered."))


def field_of(ballot: Ballot, item: Item) -> str:
    """The block of an item's first field."""
    return f"{VOTE}:{key(item.id, AXES[0])}" if ballot.kind == "grid" else f"{VOTE}:{item.id}"


def _value(ballot: Ballot, value: object) -> int | str | None:
    """Slack sends figures as strings."""
    if not isinstance(value, str) or value in ("", NONE):
        return None
    figures = ballot.kind in ("dots", "fist", "grid", "points", "sliders", "ranking")
    if not figures:
        return value
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else value


def _why(w: Wording, ballot: Ballot, item: Item, said: str | None) -> Json:
    label = w("In a few words, if you like (shown unsigned)")
    if len(ballot.items) > 1:
        label = w("Why, for {what} (shown unsigned)", what=fit(plain(w.of(item.words)), 60))
    words = elements.words(WHY, initial=said, several_lines=True, most=LONGEST)
    return blocks.field(label, words, block_id=f"{WHY}:{item.id}", optional=True)


def _field(w: Wording, item: Item, element: Json, *, part: str = "", label: str = "") -> Json:
    said = label or fit(plain(w.of(item.words)), LABEL)
    return blocks.field(said, element, block_id=f"{VOTE}:{part or item.id}", optional=True)


def _select(options: Sequence[Json], initial: object) -> Json:
    return elements.select(VOTE, options, initial=None if initial is None else str(initial))


def _dots(w: Wording, ballot: Ballot, item: Item, now: Mapping[str, int | str]) -> list[Json]:
    options = [elements.option(w.plural("{n} dot", "{n} dots", n), str(n)) for n in range(ballot.most + 1)]
    return [_field(w, item, _select(options, now.get(item.id, 0)))]


def _fist(w: Wording, ballot: Ballot, item: Item, now: Mapping[str, int | str]) -> list[Json]:
    options = [elements.option(f"{n} · {w(words)}", str(n)) for n, words in FIST.items()]
    initial = str(now[item.id]) if item.id in now else None
    return [_field(w, item, elements.radio(VOTE, options, initial=initial))]


def _grid(w: Wording, ballot: Ballot, item: Item, now: Mapping[str, int | str]) -> list[Json]:
    options = [elements.option(w(words), str(n)) for n, words in IMPACT.items()]
    name = fit(plain(w.of(item.words)), LABEL - 30)
    labels = (w("{what}: effect", what=name), w("{what}: effort", what=name))
    return [
        _field(w, item, _select(options, now.get(key(item.id, axis))), part=key(item.id, axis), label=label)
        for axis, label in zip(AXES, labels, strict=True)
    ]


def _points(w: Wording, ballot: Ballot, item: Item, now: Mapping[str, int | str]) -> list[Json]:
    held = now.get(item.id)
    return [_field(w, item, elements.number(VOTE, initial=int(held) if held else None, least=0, most=100))]


def _moscow(w: Wording, ballot: Ballot, item: Item, now: Mapping[str, int | str]) -> list[Json]:
    options = [elements.option(w(words), box) for box, words in MOSCOW.items()]
    return [_field(w, item, _select(options, now.get(item.id)))]


def _choice(w: Wording, ballot: Ballot, item: Item, now: Mapping[str, int | str]) -> list[Json]:
    options = [elements.option(w.of(one.words), one.value) for one in (item.options or ballot.options)]
    return [_field(w, item, _select(options, now.get(item.id)))]


def _slider(w: Wording, ballot: Ballot, item: Item, now: Mapping[str, int | str]) -> list[Json]:
    """Both poles alike: each is named in the question, and in its two points."""
    first, second = item.words, item.second or item.words
    ways = [CLEARLY.fill(pole=first), RATHER.fill(pole=first)]
    back = [RATHER.fill(pole=second), CLEARLY.fill(pole=second)]
    said = [*map(w.of, ways), w(HALF), *map(w.of, back)]
    options = [elements.option(text, str(n)) for n, text in enumerate(said, start=1)]
    initial = str(now[item.id]) if item.id in now else None
    label = f"{plain(w.of(first))} ↔ {plain(w.of(second))}"
    return [_field(w, item, elements.radio(VOTE, options, initial=initial), label=fit(label, LABEL))]


def _places(w: Wording, ballot: Ballot, item: Item, now: Mapping[str, int | str]) -> list[Json]:
    options = [elements.option(str(n), str(n)) for n in range(1, len(ballot.items) + 1)]
    return [_field(w, item, _select(options, now.get(item.id)))]


Draw = Callable[[Wording, Ballot, Item, Mapping[str, int | str]], list[Json]]
ASK: Mapping[BallotKind, Draw] = {
    "dots": _dots, "fist": _fist, "grid": _grid, "sizes": _choice, "points": _points, "moscow": _moscow,
    "choice": _choice, "sliders": _slider, "levels": _choice, "ranking": _places,
}  # fmt: skip
