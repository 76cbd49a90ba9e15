"""What the people of the worked example write in one language, laid over their choices and figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from flows.register.said import in_title
from flows.words import Language
from flows.written import parse
from tests.worked_example.sheets import FACILITATOR, Told

FILE = Path(__file__).parent / "prose.yaml"
NEEDS, HALF = "needs", ("p2", "p3")  # who writes the needs down (sheets.py)


Says = Callable[[str], str]
Outgoing = tuple[Mapping[str, Mapping[str, Any]], frozenset[str]]  # by form; refs of records


def as_it_is(text: str) -> str:
    """What is written, unchanged."""
    return text


def prose(told: Told, language: Language, user: Callable[[str], str], says: Says = as_it_is) -> Told:
    """The same case with everything that is written in words of that language. `user`: the Slack user id
    of somebody of the file. `says`: what becomes of each text."""
    said: dict[str, Any] = _resolved(parse(FILE.read_text("utf-8")).values, language, user, says)
    said = {flow: people for flow, people in said.items() if flow[:1] == "D"}
    needs: list[dict[str, Any]] = said["D11"].pop(NEEDS)
    answers: dict[tuple[str, str], Mapping[str, Any]] = dict(told.answers)
    for flow, people in said.items():
        for who, values in people.items():
            answers[flow, who] = _over(answers.get((flow, who), {}), values)
    old = [row["need"] for who in HALF for row in answers["D11", who]["NEE01"]]
    for who in HALF:
        rows = answers["D11", who]["NEE01"]
        mine = needs[old.index(rows[0]["need"]) :][: len(rows)]
        written = [{key: value for key, value in need.items() if key != "must"} for need in mine]
        answers["D11", who] = {**answers["D11", who], "NEE01": _over(rows, written)}
    answers["D01", FACILITATOR] = {**answers["D01", FACILITATOR], "SET20": language}
    board = {_title(new): told.board[before] for before, new in zip(old, needs, strict=True)}
    reasons = {_title(need): need["must"] for need in needs if "must" in need}
    return replace(told, answers=answers, board=board, reasons=reasons)


def _title(need: Mapping[str, Any]) -> str:
    """What its record is called: a long need is cut."""
    return in_title(need["need"]).en


def outgoing(language: Language, says: Says = as_it_is) -> Outgoing:
    """What is filled in for vendors, form by form, and the records that are ticked as fit for them."""
    said = _resolved(parse(FILE.read_text("utf-8")).values, language, str, says)
    return said["outgoing"], frozenset(said["shareable"])


def _resolved(value: Any, language: Language, user: Callable[[str], str], says: Says) -> Any:
    """Texts in that language, people by their ids."""
    if isinstance(value, dict):
        if value.keys() == {"en", "fr"}:
            return says(value[language])
        if value.keys() == {"who"}:
            return user(value["who"])
        return {key: _resolved(inner, language, user, says) for key, inner in value.items()}
    return [_resolved(inner, language, user, says) for inner in value] if isinstance(value, list) else value


def _over(below: Any, above: Any) -> Any:
    """`above` over `below`: mappings key by key, tables line by line; anything else is replaced."""
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        return {**below, **{key: _over(below.get(key), value) for key, value in above.items()}}
    if _table(below) and _table(above):
        both = [_over(one, other) for one, other in zip(below, above, strict=False)]
        return [*both, *below[len(both) :], *above[len(both) :]]
    return above


def _table(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and all(
        isinstance(row, Mapping) for row in value
    )  # fmt: skip
