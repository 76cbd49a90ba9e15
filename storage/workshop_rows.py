"""Workshops as rows and as JSON, both ways: the types of flows/workshop on one side. Holds no query."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flows.words import Words
from flows.workshop.ballot import Ballot, Item, Line, Option, Result, Vote
from flows.workshop.model import Card, Deed, Participant, Workshop

#: Columns of a workshop that are kept as they are.
PLAIN = (
    "mode", "state", "facilitator", "channel", "planned_for", "step", "phase", "move", "began", "due", "left",
    "speaker", "opened_at", "ended_at",
)  # fmt: skip
#: Columns that never change.
FIXED = ("workspace", "id", "project_id", "number", "script", "planned_by", "about")


def changing(workshop: Workshop) -> dict[str, Any]:
    """The columns that may have changed."""
    return {
        **{name: getattr(workshop, name) for name in PLAIN},
        "plays": list(workshop.plays),
        "ballot": _ballot(workshop.ballot) if workshop.ballot else None,
        "pairs": [list(pair) for pair in workshop.pairs],
        "trail": [{**asdict(deed), "at": deed.at.isoformat()} for deed in workshop.trail],
    }


def workshop(row: Any, people: tuple[Participant, ...]) -> Workshop:
    """A workshop from its row."""
    deeds = [Deed(**{**deed, "at": datetime.fromisoformat(deed["at"])}) for deed in row.trail or ()]
    return Workshop(
        **{name: getattr(row, name) for name in (*FIXED, *PLAIN)},
        plays=tuple(row.plays or ()),
        ballot=_read_ballot(row.ballot) if row.ballot else None,
        pairs=tuple(tuple(pair) for pair in row.pairs or ()),
        trail=tuple(deeds),
        people=people,
        version=row.version,
    )


def person(one: Participant) -> dict[str, Any]:
    """The columns of a participant."""
    return {**asdict(one), "steps": list(one.steps)}


def participant(row: Any) -> Participant:
    """A participant from their row."""
    kept = {name: getattr(row, name) for name in Participant.__dataclass_fields__ if name != "steps"}
    return Participant(**kept, steps=tuple(row.steps or ()))


def card(row: Any) -> Card:
    """A card from its row."""
    kept = {name: getattr(row, name) for name in Card.__dataclass_fields__ if name != "fields"}
    return Card(**kept, fields=row.fields or {})


def vote(row: Any) -> Vote:
    """A held vote from its row."""
    return Vote(choices=row.choices or {}, why=row.why or {}, signed=row.signed)


def result(kept: Result) -> dict[str, Any]:
    """The columns of a revealed ballot."""
    plain = (
        "number", "step", "kind", "attempt", "voters", "n", "abstained", "indicative", "verdict"
    )  # fmt: skip
    return {
        **{name: getattr(kept, name) for name in plain},
        "lines": [_line(line) for line in kept.lines],
        "signed": {user: dict(choices) for user, choices in kept.signed.items()},
    }


def read_result(row: Any) -> Result:
    """A revealed ballot from its row."""
    return Result(
        number=row.number, step=row.step, kind=row.kind, attempt=row.attempt, voters=row.voters, n=row.n,
        abstained=row.abstained, indicative=row.indicative, verdict=row.verdict,
        lines=tuple(_read_line(line) for line in row.lines or ()), signed=row.signed or {},
    )  # fmt: skip


def _ballot(one: Ballot) -> dict[str, Any]:
    return {
        "number": one.number, "step": one.step, "kind": one.kind, "attempt": one.attempt, "dots": one.dots,
        "most": one.most, "keep": dict(one.keep), "items": [_item(item) for item in one.items],
        "options": [_option(option) for option in one.options],
    }  # fmt: skip


def _read_ballot(said: Mapping[str, Any]) -> Ballot:
    items, options = map(_read_item, said["items"]), map(_read_option, said["options"])
    return Ballot(**{**said, "items": tuple(items), "options": tuple(options)})


def _item(one: Item) -> dict[str, Any]:
    kept: dict[str, Any] = {"id": one.id, "words": _words(one.words), "ref": one.ref, "group": one.group}
    if one.second is not None:
        kept["second"] = _words(one.second)
    if one.options:
        kept["options"] = [_option(option) for option in one.options]
    return kept


def _read_item(said: Mapping[str, Any]) -> Item:
    return Item(
        id=said["id"], words=Words(*said["words"]), ref=said["ref"], group=said["group"],
        second=Words(*said["second"]) if "second" in said else None,
        options=tuple(map(_read_option, said.get("options", ()))),
    )  # fmt: skip


def _option(one: Option) -> list[Any]:
    return [one.value, _words(one.words)]


def _read_option(said: list[Any]) -> Option:
    return Option(value=said[0], words=Words(*said[1]))


def _line(one: Line) -> dict[str, Any]:
    return {
        "item": _item(one.item), "n": one.n, "counts": dict(one.counts), "figure": float(one.figure),
        "second": float(one.second), "outcome": one.outcome, "undecided": one.undecided, "why": list(one.why),
        "against": list(one.against),
    }  # fmt: skip


def _read_line(said: Mapping[str, Any]) -> Line:
    told = {key: tuple(said.get(key) or ()) for key in ("why", "against")}
    return Line(**{**said, "item": _read_item(said["item"]), **told})


def _words(words: Words) -> list[str]:
    return [words.en, words.fr]
