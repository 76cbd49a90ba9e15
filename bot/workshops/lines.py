"""A line that is filled together, as a form: which columns a step has, how each asks.

Columns that a dialogue asks for come from its content; the others are words of this file, in both languages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.words import blocks, elements
from bot.words.limits import LABEL, fit
from bot.words.text import Wording
from flows.dialogue.model import Column, Option
from flows.playbook import Playbook
from flows.project import FUNCTIONS
from flows.register.model import Kept
from flows.words import Words
from flows.workshop.giving import LONGEST

Json = dict[str, Any]
CELL = "cell"
TOPIC = "topic"  # the column of the six topics of D05
SHORT, TALL = 300, 1000  # characters of a cell
MOST = 100  # choices of a list


def _text(key: str, en: str, fr: str, *, required: bool = False, kind: Any = "text") -> Column:
    return Column(key=key, kind=kind, label=Words(en, fr), required=required)


def _record(key: str, en: str, fr: str, kind: Any, *, required: bool = False) -> Column:
    """A choice among the records of a kind."""
    return replace(_text(key, en, fr, required=required, kind="single"), options_from=kind)


OWNER = _text("owner", "Owner", "Porteur", kind="person")
DUE = _text("due", "By", "Pour le", kind="date")
#: Columns that a question of content asks for: flow and question.
ASKED: Mapping[str, tuple[str, str]] = {
    "W03.2": ("D04", "PRO02"), "W06.1": ("D11", "NEE01"), "W07.5": ("D12", "PLA02"),
    "W07.6": ("D12", "PLA03"), "W07.7": ("D12", "PLA04"), "W07.8": ("D12", "PLA05"),
}  # fmt: skip
#: Columns of steps that no dialogue asks. What comes before those of content, where both stand.
OWN: Mapping[str, tuple[Column, ...]] = {
    "W03.5": (
        _record("gap", "Gap", "Écart", "gap", required=True),
        _text("risk", "Risk to foresee", "Risque à prévoir"),
        OWNER,
        _text("annex", "Related supporting project", "Chantier annexe lié"),
    ),
    "W05.3": (
        _text(TOPIC, "Supporting project", "Chantier annexe", kind="single"),
        _text("title", "Or another one, in your words", "Ou un autre, avec vos mots"),
        _text("choice", "Needed?", "Nécessaire ?", required=True, kind="single"),
        OWNER, DUE,
        _text("lot", "Lot held up", "Lot retenu"),
        _text("reason", "Reason, if it is not needed", "Raison, s’il n’est pas nécessaire"),
    ),
    "W06.1": (_record("ref", "A need that is there already", "Un besoin déjà noté", "need"),),
    "W09.5": (
        _text("what", "What changes?", "Qu’est-ce qui change ?", kind="single"),
        _text("text", "In which way", "De quelle façon", required=True, kind="long_text"),
    ),
    "W09.4": (
        _text("learned", "What did I learn?", "Qu’ai-je appris ?", kind="long_text"),
        _text("worry", "What worries me?", "Qu’est-ce qui m’inquiète ?", kind="long_text"),
    ),
    "W11.2": (
        _text("function", "Function", "Fonction", required=True, kind="single"),
        _text("gain", "What is gained", "Ce que l’on gagne", kind="long_text"),
        _text("loss", "What is given up", "Ce que l’on cède", kind="long_text"),
    ),
    "W02.2": (
        _text("text", "The goal", "L’enjeu", required=True, kind="long_text"),
        _text("level", "Strategic or operational?", "Stratégique ou opérationnel ?", kind="single"),
        _text("indicator", "A sign to look for", "Un repère à observer"),
        _text("target", "Target", "Cible"),
    ),
}  # fmt: skip
FUNCTION_NAMES: Mapping[str, Words] = {
    "marketing": Words("Marketing", "Marketing"), "sales": Words("Sales", "Vente"),
    "service": Words("After-sales", "Après-vente"), "it": Words("IT", "Informatique"),
    "data": Words("Data", "Données"), "finance": Words("Finance", "Finance"), "hr": Words("HR", "RH"),
    "management": Words("Management", "Direction"), "other": Words("Other", "Autre"),
}  # fmt: skip
#: Choices of those columns.
CHOICES: Mapping[str, Mapping[str, Words]] = {
    "function": {key: FUNCTION_NAMES[key] for key in FUNCTIONS},
    "choice": {
        "needed": Words("Needed now", "Nécessaire maintenant"), "later": Words("Later", "Plus tard"),
        "not_needed": Words("Not needed", "Pas nécessaire"),
    },
    "what": {
        "need": Words("A need", "Un besoin"), "criterion": Words("A criterion", "Un critère"),
        "lot": Words("A lot", "Un lot"),
    },
    "level": {
        "strategic": Words("Strategic", "Stratégique"), "operational": Words("Operational", "Opérationnel"),
    },
}  # fmt: skip


def columns(playbook: Playbook, place: str) -> tuple[Column, ...]:
    """What a line of this step ("W07.5") says; () where it is one text."""
    flow, question = ASKED.get(place, ("", ""))
    asked = playbook.flows[flow].question(question) if flow else None
    return (*OWN.get(place, ()), *(asked.columns if asked is not None else ()))


def fields(w: Wording, playbook: Playbook, place: str, records: Mapping[str, Kept]) -> list[Json]:
    """The form of one line; one text where the step has no columns."""
    found = columns(playbook, place)
    if not found:
        text = elements.words(CELL, several_lines=True, most=LONGEST)
        return [blocks.field(w("In your words"), text, block_id=f"{CELL}:text")]
    return [row for one in found if (row := _field(w, playbook, one, records)) is not None]


def read(w: Wording, playbook: Playbook, place: str, typed: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The line: what it is called in the words of the project, and its cells. User input: cells of no column
    are left out."""
    found = columns(playbook, place)
    cells = {one.key: value for one in found if (value := _value(one, typed.get(f"{CELL}:{one.key}")))}
    if not found:
        return str(typed.get(f"{CELL}:text") or "").strip(), {}
    return _called(w, playbook, found, cells)[:LONGEST], cells


def _called(w: Wording, playbook: Playbook, found: Sequence[Column], cells: Mapping[str, Any]) -> str:
    """Its topic, else its first text, else what was chosen first."""
    topic = playbook.flows["D05"].question(str(cells.get(TOPIC)))
    if topic is not None:
        return w.of(topic.short)
    if texts := [one for one in found if one.kind in ("text", "long_text") and one.key in cells]:
        return str(cells[texts[0].key])
    first = next((one for one in found if one.kind == "single" and one.key in cells), None)
    if first is None:
        return " ".join(str(value) for value in cells.values())
    offered = {one["value"]: str(one["text"]["text"]) for one in options(w, playbook, first, {})}
    return offered.get(cells[first.key], str(cells[first.key]))


def missing(playbook: Playbook, place: str, cells: Mapping[str, Any]) -> str:
    """The block of the first cell that is needed and empty; "" when none is."""
    needed = (one.key for one in columns(playbook, place) if one.required and not cells.get(one.key))
    found = next(needed, "")
    return f"{CELL}:{found}" if found else ""


def _field(w: Wording, playbook: Playbook, column: Column, records: Mapping[str, Kept]) -> Json | None:
    element = _element(w, playbook, column, records)
    if element is None:
        return None
    label = fit(w.of(column.label), LABEL)
    return blocks.field(label, element, block_id=f"{CELL}:{column.key}", optional=not column.required)


def _element(w: Wording, playbook: Playbook, column: Column, records: Mapping[str, Kept]) -> Json | None:
    """How a column asks; None where there is nothing to choose from."""
    match column.kind:
        case "long_text":
            return elements.words(CELL, several_lines=True, most=TALL)
        case "person":
            return elements.user(CELL)
        case "date":
            return elements.date(CELL)
        case "number":
            return elements.number(CELL, least=0, most=column.maximum or 999, decimals=column.halves)
        case "single" | "scale5":
            offered = options(w, playbook, column, records)
            return elements.select(CELL, offered) if offered else None
        case _:
            return elements.words(CELL, most=SHORT)


def options(w: Wording, playbook: Playbook, column: Column, records: Mapping[str, Kept]) -> list[Json]:
    """What a choice offers."""
    if column.options_from:
        found = [one for one in records.values() if one.kind == column.options_from]
        return [elements.option(f"{one.ref} {w.of(one.title)}", one.ref) for one in found[:MOST]]
    if column.key == TOPIC:
        topics = [playbook.flows["D05"].question(f"ANX0{n}") for n in range(1, 7)]
        return [elements.option(w.of(one.words), one.id) for one in topics if one is not None]
    own = CHOICES.get(column.key)
    offered = column.options or tuple(Option(value=key, label=said) for key, said in (own or {}).items())
    if not offered and column.kind == "scale5":
        return [elements.option(str(n), str(n)) for n in range(1, 6)]
    return [elements.option(w.of(one.label), one.value) for one in offered]


def _value(column: Column, value: object) -> Any:
    """A cell as the register keeps it: figures as figures."""
    if not isinstance(value, str) or not value.strip():
        return None
    said = value.strip()
    if column.kind == "scale5" and said.isdigit():
        return int(said)
    if column.kind == "number":
        try:
            figure = float(said.replace(",", "."))
        except ValueError:
            return None
        return int(figure) if figure == int(figure) else figure
    return said[:TALL]
