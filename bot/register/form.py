"""The form of a record: made new, made from a message, changed, or put in the place of another."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot import forms
from bot.asker import Asker
from bot.register.fields import USUAL, Field
from bot.register.reading import LINE, named
from bot.request import Json
from bot.words import blocks, elements
from bot.words.text import N_, Wording
from flows.cadence import add_working_days
from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Value
from flows.register.said import TIME_TO_SETTLE

LONGEST = 3000  # characters Slack takes in one field
TITLES: Mapping[RecordKind, str] = {
    "decision": N_("Record a decision"),
    "issue": N_("Record an open issue"),
    "risk": N_("Record a risk"),
    "assumption": N_("Record an assumption"),
    "action": N_("Record an action"),
}
SEEN = N_("*Named.* The team and the sponsor will see it, with your name.")
PROJECT = "project"


def first_values(kind: RecordKind, who: Asker) -> dict[str, Value]:
    """What a new record most often says: changed at a glance, not typed."""
    project, today = who.here, who.today
    due = add_working_days(today, TIME_TO_SETTLE)
    if kind == "decision":
        arbiter = project.cast.holder("arbiter") or project.cast.holder("sponsor")
        return {"decided_by": arbiter, "stands": "proposed", "method": USUAL}
    first: dict[str, Value] = {"owner": who.actor.user}
    if kind in ("issue", "action"):
        first |= {"due": due}
    if kind == "issue":
        first |= {"blocking": False}
    return first


def modal(  # noqa: PLR0913 - what the form is for, what it asks, what it holds already
    who: Asker,
    title: str,
    asked: Iterable[Field],
    values: Mapping[str, Value],
    *,
    callback_id: str,
    held: Mapping[str, str],
    above: Iterable[Json] = (),
    submit: str,
    projects: bool = False,
) -> Json:
    """The form with what is known filled in. `projects`: which one is asked, where there are several."""
    w = who.w
    rows = [*above, blocks.context(w.md(SEEN))]
    if projects and len(who.projects) > 1:
        rows.append(_projects(who))
    rows += [block(w, field, values.get(field.key)) for field in asked]
    return blocks.modal(
        w(title)[:24], rows, callback_id=callback_id, submit=w(submit), close=w("Cancel"),
        metadata=forms.packed(project=who.here.id, **held),
    )  # fmt: skip


def block(w: Wording, field: Field, value: Value) -> Json:
    """One field, with the value it has."""
    return blocks.field(
        w(field.label), element(w, field, value), block_id=field.key, optional=not field.required,
        hint=w(field.hint) if field.hint else "",
    )  # fmt: skip


def element(w: Wording, field: Field, value: Value) -> Json:
    """The element a field is answered with."""
    match field.input:
        case "person":
            return elements.user(field.key, initial=value)
        case "day":
            initial = value.isoformat() if isinstance(value, date) else value
            return elements.date(field.key, initial=initial)
        case "one":
            options = [elements.option(named(w, words), key) for key, words in (field.choices or {}).items()]
            return elements.select(field.key, options, initial=_code(value))
        case "text":
            return elements.words(field.key, initial=value, several_lines=True, most=LONGEST)
        case _:
            return elements.words(field.key, initial=value, most=LINE)


def _code(value: Value) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)


def _projects(who: Asker) -> Json:
    options = [elements.option(one.name or one.id, one.id) for one in who.projects[:100]]
    return blocks.field(
        who.w("Project"), elements.select(PROJECT, options, initial=who.here.id), block_id=PROJECT
    )
