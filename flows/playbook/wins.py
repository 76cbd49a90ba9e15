"""The words of small wins: the shape of their file, what is wrong with it, and the types they become."""

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from flows.playbook.review import Finding
from flows.playbook.schema import OptionLabel, Strict, Text
from flows.wins.detectors import DETECTORS
from flows.wins.model import Auto, Manual, WinWords
from flows.words import Words

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class AutoText(Strict):
    """One automatic win."""

    id: Text
    when: Text
    key: Text
    to: Literal["team", "sponsor"] = "team"
    say_en: Text
    say_fr: Text
    say_anon_en: Text = ""
    say_anon_fr: Text = ""


class ManualText(Strict):
    """One kind of win that people tell. `fields`: what is told, for whoever maintains the content."""

    id: Text
    en: OptionLabel
    fr: OptionLabel
    fields: Text


class WinsText(Strict):
    """The file of small wins."""

    wins_auto: list[AutoText]
    wins_manual: list[ManualText] = Field(min_length=1, max_length=10)


def wins(text: WinsText) -> WinWords:
    """The words by id."""
    return WinWords(
        auto={
            one.id: Auto(
                id=one.id, when=one.when, key=one.key, to=one.to, say=Words(one.say_en, one.say_fr),
                say_anon=Words(one.say_anon_en, one.say_anon_fr) if one.say_anon_en else None,
            )
            for one in text.wins_auto
        },
        manual={one.id: Manual(id=one.id, words=Words(one.en, one.fr)) for one in text.wins_manual},
    )  # fmt: skip


def findings(text: WinsText) -> Iterator[Finding]:
    """Every win has its detector in code, every detector its words; placeholders are known and the same in
    both languages; ids are unique."""
    ids = [one.id for one in text.wins_auto]
    for number, one in enumerate(text.wins_auto):
        place = ("wins_auto", number)
        if one.id in ids[:number]:
            yield place, f"{one.id} is written twice"
        if one.id not in DETECTORS:
            yield place, f"no detector is called {one.id}"
            continue
        if bool(one.say_anon_en) != bool(one.say_anon_fr):
            yield place, "say_anon is needed in both languages, or in none"
        fills = DETECTORS[one.id].fills
        for key in ("say_en", "say_fr", "say_anon_en", "say_anon_fr"):
            for name in PLACEHOLDER.findall(getattr(one, key)):
                if name not in fills:
                    yield (*place, key), f"the detector of {one.id} knows no {{{name}}}"
        if {*PLACEHOLDER.findall(one.say_en)} != {*PLACEHOLDER.findall(one.say_fr)}:
            yield place, "say_en and say_fr use different placeholders"
    yield from ((("wins_auto",), f"detector {id} has no words") for id in DETECTORS if id not in ids)
    kinds = [one.id for one in text.wins_manual]
    for number, id in enumerate(kinds):
        if id in kinds[:number]:
            yield ("wins_manual", number), f"{id} is written twice"
