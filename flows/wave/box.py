"""Adds one ballot to the totals of a wave. Never takes one out: there is nothing to find again."""

from collections.abc import Mapping, Sequence

from flows.wave.model import POINTS, Ballot, Box, Comment, Item, Shuffle, Sum


def empty(items: Sequence[Item]) -> Box:
    """The box before the first ballot: every tally is there already, at zero."""
    scales = [item for item in items if item.kind == "scale"]
    choices = [item for item in items if item.kind == "choice"]
    return Box(
        scales={item.id: (0,) * POINTS for item in scales},
        groups={item.id: dict.fromkeys(item.groups, Sum()) for item in scales if item.groups},
        answered={item.id: 0 for item in choices},
        choices={item.id: dict.fromkeys(item.options, 0) for item in choices},
        texts={item.id: 0 for item in items if item.kind == "text"},
    )


def add(box: Box, ballot: Ballot, *, group: str, shuffle: Shuffle) -> Box:
    """The box with one more ballot, its comments in a new random order. `group`: the function of
    the person, used only where the box has a tally for it (rule 2). What the box does not ask is
    left out."""
    return Box(
        scales={id: _more(counts, ballot.scales.get(id)) for id, counts in box.scales.items()},
        groups={id: _in_group(sums, group, ballot.scales.get(id)) for id, sums in box.groups.items()},
        answered={id: n + (id in ballot.choices) for id, n in box.answered.items()},
        choices={
            id: {option: n + (option in ballot.choices.get(id, ())) for option, n in counts.items()}
            for id, counts in box.choices.items()
        },
        texts={id: n + _wrote(ballot, id) for id, n in box.texts.items()},
        comments=_mixed(box, ballot, shuffle),
    )


def _more(counts: tuple[int, ...], point: int | None) -> tuple[int, ...]:
    return tuple(n + (at == point) for at, n in enumerate(counts, start=1))


def _in_group(sums: Mapping[str, Sum], group: str, point: int | None) -> Mapping[str, Sum]:
    known = sums.get(group)
    if known is None or point is None:
        return sums
    return {**sums, group: Sum(known.n + 1, known.total + point)}


def _wrote(ballot: Ballot, id: str) -> bool:
    return any(comment.question == id for comment in ballot.texts)


def _mixed(box: Box, ballot: Ballot, shuffle: Shuffle) -> tuple[Comment, ...]:
    """What is only to be counted never gets in."""
    new = [c for c in ballot.texts if c.question in box.texts and c.level != "count"]
    comments = [*box.comments, *new]
    shuffle(comments)
    return tuple(comments)
