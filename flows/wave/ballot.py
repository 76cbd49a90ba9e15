"""Reads one ballot: every value judged, then all of it taken, or nothing. Adds nothing up.

Whatever a modified client may send, nothing here raises (reliability T11), and what it says of a
problem holds no answer.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.dialogue.kinds import clean
from flows.wave.model import NO_ANSWER, POINTS, Ballot, Comment, Item, Level
from flows.words import Words

CHOOSE = Words(
    "Choose an answer; “No answer” is one of them.", "Choisissez une réponse ; « Sans réponse » en est une."
)
ALONE = Words(
    "“No answer” stands alone: take it off, or take the others off.",
    "« Sans réponse » va seul : retirez-le, ou retirez les autres.",
)
TOO_LONG = Words("{n} characters; the limit is {limit}.", "{n} caractères ; la limite est de {limit}.")
TOO_MANY = Words("{limit} lines at most, please.", "{limit} lignes au plus, s’il vous plaît.")

#: An answer that calls for the coloured button of the coach (5.4): the highest …
HIGHEST = frozenset({*(f"BEL0{n}" for n in range(1, 7)), *(f"B0{n}" for n in range(1, 7))})
#: … or the lowest.
LOWEST = frozenset({"P04", "BEL12", "B07"})

Problems = Mapping[str, Words]


def read(items: Sequence[Item], given: Mapping[str, Any]) -> Ballot | Problems:
    """The ballot, or what is wrong with it by question."""
    problems: dict[str, Words] = {}
    scales: dict[str, int] = {}
    choices: dict[str, tuple[str, ...]] = {}
    texts: list[Comment] = []
    for item in items:
        match _answer(item, given):
            case Words() as problem:
                problems[item.id] = problem
            case int() as point:
                scales[item.id] = point
            case tuple() as chosen:
                choices[item.id] = chosen
            case list() as comments:
                texts += comments
    return problems or Ballot(scales=scales, choices=choices, texts=tuple(texts))


def heavy(ballot: Ballot) -> bool:
    """Whether an answer in this ballot calls for the coloured button of the coach (5.4). To be used
    while the answer to the sending is built, and forgotten."""
    highest = any(ballot.scales.get(id) == POINTS for id in HIGHEST)
    return highest or any(ballot.scales.get(id) == 1 for id in LOWEST)


_Answer = Words | int | tuple[str, ...] | list[Comment] | None


def _answer(item: Item, given: Mapping[str, Any]) -> _Answer:
    raw = given.get(item.id)
    if item.kind == "text":
        return _texts(item, raw, given.get(item.consent))
    if item.kind == "scale":
        return _point(raw)
    return _several(item, raw) if item.several else _one(item, raw)


def _point(raw: Any) -> _Answer:
    if raw == NO_ANSWER:
        return None
    points = {str(n): n for n in range(1, POINTS + 1)}
    return points.get(raw, CHOOSE) if isinstance(raw, str) else CHOOSE


def _one(item: Item, raw: Any) -> _Answer:
    if raw == NO_ANSWER:
        return None
    return (raw,) if isinstance(raw, str) and raw in item.options else CHOOSE


def _several(item: Item, raw: Any) -> _Answer:
    if not isinstance(raw, list | tuple) or not raw:
        return CHOOSE
    if NO_ANSWER in raw:
        return ALONE if len(raw) > 1 else None
    chosen = tuple(option for option in item.options if option in raw)
    return chosen if len(chosen) == len(raw) else CHOOSE


def _texts(item: Item, raw: Any, consent: Any) -> _Answer:
    text = clean(raw, lines=True) if isinstance(raw, str) else ""
    if not text:
        return None
    if len(text) > item.longest:
        return TOO_LONG.fill(n=len(text), limit=item.longest)
    if item.lines:
        said = [line.strip() for line in text.split("\n") if line.strip()]
        if len(said) > item.lines:
            return TOO_MANY.fill(limit=item.lines)
        return [Comment(question=item.id, level="quote", text=line) for line in said]
    return [Comment(question=item.id, level=_level(item, consent), text=text)]


def _level(item: Item, consent: Any) -> Level:
    """What the author allows; "only counted" when nothing, or nothing known, was chosen."""
    levels: Mapping[str, Level] = {"quote": "quote", "coach": "coach"}
    return levels.get(consent, "count") if isinstance(consent, str) else "count"
