"""Votes that people chose to show under their name: who, and what they said (4.1). Nobody else's."""

from collections.abc import Mapping

from bot.dialogue.values import MOSCOW
from bot.words.limits import fit
from bot.words.mrkdwn import Mrkdwn, plain
from bot.words.text import Wording
from bot.workshops.ballots import FIST
from flows.workshop.ballot import Item, Result

NAMED = 5  # items of one person; the rest is a number
SHORT = 60  # characters of an item


def votes(w: Wording, result: Result, names: Mapping[str, str]) -> list[Mrkdwn]:
    """A line for each person who signed, by name."""
    signed = sorted((names.get(user, user), choices) for user, choices in result.signed.items())
    return [
        w.md("Signed by {name}: {said}", name=name, said=_said(w, result, choices))
        for name, choices in signed
    ]


def _said(w: Wording, result: Result, choices: Mapping[str, int | str]) -> str:
    """What they chose; of one item alone, without its words: they stand above."""
    found = []
    for line in result.lines:
        parts = [value for key, value in choices.items() if key.partition(".")[0] == line.item.id]
        if parts:
            said = " / ".join(_value(w, result, line.item, one) for one in parts)
            what = fit(plain(w.of(line.item.words)), SHORT)
            found.append(said if len(result.lines) == 1 else w("{what}: {n}", what=what, n=said))
    more = [w("… and {n} more", n=len(found) - NAMED)] if len(found) > NAMED else []
    return " · ".join([*found[:NAMED], *more])


def _value(w: Wording, result: Result, item: Item, value: int | str) -> str:
    if result.kind == "fist":
        return f"{value} {w(FIST[int(value)])}"
    if result.kind == "moscow":
        return w(MOSCOW[str(value)])
    options = {one.value: w.of(one.words) for one in item.options}
    return options.get(str(value), str(value))
