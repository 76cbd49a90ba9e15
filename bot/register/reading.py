"""Reads what a form of a record holds, and says under which field what is wrong. Everything is user input."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot import answer, forms, people
from bot.asker import Asker
from bot.parts import Parts
from bot.register.fields import FIGURES, Field
from bot.request import Request
from bot.words.text import N_, Wording
from flows.dialogue.model import Value
from flows.words import Words
from storage import register

NOTHING: Mapping[str, Value] = {}
#: Characters of a title.
LINE = 150
CHOOSE = N_("Choose an answer.")
SAY = N_("Say it in a few words.")
AHEAD = N_("Choose a day to come.")
NOBODY = N_("This is a bot, or somebody who has left. Choose a person.")
NO_RECORD = N_("There is no such record here. A number looks like DEC-12.")


class Read:
    """What the form holds, by field, and what is wrong with it, by field in words."""

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}
        self.wrong: dict[str, Words | str] = {}


async def read(
    request: Request,
    parts: Parts,
    who: Asker,
    asked: tuple[Field, ...],
    before: Mapping[str, Value] = NOTHING,
) -> Read:
    """Every field of the form; what was not in it is left out. `before`: what it was filled in with, so
    that a day that has passed meanwhile may stay."""
    found = Read()
    shown = ((request.payload.get("view") or {}).get("state") or {}).get("values") or {}
    for field in asked:
        if field.key in shown:
            found.values[field.key] = _value(request, field)
    for field in asked:
        value = found.values.get(field.key)
        if field.key not in found.values or (value is not None and value == before.get(field.key)):
            continue
        if wrong := _wrong(field, value, who.today):
            found.wrong[field.key] = wrong
    await _people(parts, who, asked, found)
    await _records(parts, who, asked, found)
    return found


def _value(request: Request, field: Field) -> Value:
    """A field's value as it is kept; None when it is empty."""
    state = answer.state(request, field.key, field.key)
    match field.input:
        case "person":
            return state.get("selected_user") or None
        case "day":
            return forms.day(state.get("selected_date"))
        case "one":
            return _chosen(field, (state.get("selected_option") or {}).get("value"))
        case "record":
            return str(state.get("value") or "").strip().upper() or None
        case "line":
            return " ".join(str(state.get("value") or "").split())[:LINE] or None
        case "text":
            return str(state.get("value") or "").strip() or None


def _chosen(field: Field, value: Any) -> Value:
    if value not in (field.choices or {}):
        return None
    if field.key == "blocking":
        return value == "yes"
    return int(value) if field.key in FIGURES else value


def _wrong(field: Field, value: Value, today: date) -> str | None:
    if value is None:
        return (CHOOSE if field.input in ("one", "person", "day") else SAY) if field.required else None
    if field.input == "day" and value < today:
        return AHEAD
    return None


async def _people(parts: Parts, who: Asker, asked: tuple[Field, ...], found: Read) -> None:
    """Nobody is given anything who cannot see to it."""
    asking = [field.key for field in asked if field.input == "person"]
    named = {key: str(found.values[key]) for key in asking if found.values.get(key)}
    known = await people.everybody(parts, who.actor.workspace, named.values()) if named else {}
    for key, user in named.items():
        person = known.get(user)
        if person is not None and (person.is_bot or person.deleted):
            found.wrong[key] = NOBODY


async def _records(parts: Parts, who: Asker, asked: tuple[Field, ...], found: Read) -> None:
    for field in asked:
        ref = found.values.get(field.key)
        if field.input == "record" and ref and who.project is not None:
            here = {"workspace": who.actor.workspace, "project_id": who.project.id}
            roles = who.project.cast.roles_of(who.actor.user)
            if await parts.db.read(register.get, **here, ref=ref, roles=roles) is None:
                found.wrong[field.key] = NO_RECORD


def dated(key: str, value: Value) -> Value:
    """A field of a record as its form holds it: days are kept as text."""
    return forms.day(value) if key == "review_date" else value


def named(w: Wording, words: Words | str) -> str:
    """In words: a phrase of a form, or what the core says and records are called everywhere."""
    return w(words) if isinstance(words, str) else w.of(words)


def said(who: Asker, wrong: Mapping[str, Words | str]) -> dict[str, Any]:
    """The acknowledgement that puts each sentence under its field."""
    return {
        "response_action": "errors",
        "errors": {key: named(who.w, words) for key, words in wrong.items()},
    }
