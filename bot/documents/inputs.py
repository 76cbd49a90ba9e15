"""The fields of the forms that fill documents that go out, drawn from what was kept and read back. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot import answer, forms
from bot.request import Json, Request
from bot.words import blocks, elements
from bot.words.text import N_, Wording
from flows.document.outgoing import CHOICE, DATES, LONGEST, PROTOTYPE, SHORTEST, TEXTS

Shape = Literal["line", "text", "day", "weeks", "boxes", "option", "several"]
LINE, TEXT = 150, 3000  # characters Slack takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One field. `options`: value -> what it is called; already in words where they are not ours."""

    key: str
    label: str
    shape: Shape
    hint: str = ""
    options: Mapping[str, str] | None = None
    required: bool = False
    said: bool = False  # the label is in words already


TITLES: Mapping[str, str] = {
    TEXTS: N_("Texts for vendors"),
    DATES: N_("Dates and questions"),
    PROTOTYPE: N_("The prototype"),
    CHOICE: N_("The choice"),
}
BUDGET: Mapping[str, str] = {"vendors": N_("The terms of reference, which vendors read")}
BUDGET_INSIDE: Mapping[str, str] = {"memo": N_("The direct-choice memo, which the arbiter reads")}
ASSUMPTIONS = "assumptions"
FIELDS: Mapping[str, tuple[Input, ...]] = {
    TEXTS: (
        Input(key="company_fr", label=N_("About the company, in French"), shape="text",
              hint=N_("What you make, for whom, since when, where. One language is enough.")),
        Input(key="company_en", label=N_("About the company, in English"), shape="text"),
        Input(key="security_fr", label=N_("Security, data, hosting, exit, in French"), shape="text",
              hint=N_("What you ask of every supplier. Empty: the standard questions are asked.")),
        Input(key="security_en", label=N_("Security, data, hosting, exit, in English"), shape="text"),
    ),
    DATES: (
        Input(key="questions", label=N_("Questions until"), shape="day", required=True),
        Input(key="answers", label=N_("Answers until"), shape="day", required=True),
        Input(key="demonstrations", label=N_("Demonstrations from"), shape="day"),
        Input(key="decision", label=N_("Decision by"), shape="day", required=True),
        Input(key="channel", label=N_("Where vendors ask questions"), shape="line", required=True,
              hint=N_("An address of the team, nobody’s own. Answers go to all vendors.")),
        Input(key="budget", label=N_("The five-year budget (RTE06) may stand in"), shape="boxes",
              options=BUDGET,
              hint=N_("Nothing ticked: it stands in no document.")),
    ),
    PROTOTYPE: (
        Input(key="question", label=N_("The question it must answer"), shape="text",
              hint=N_("Empty: the need nobody can promise (RTE03).")),
        Input(key=ASSUMPTIONS, label=N_("Which assumptions does it put to the test?"), shape="several",
              hint=N_("Important and not proven so far. Vendors read those you choose, and no other.")),
        Input(key="criteria", label=N_("Success criteria, one a line, three at least"), shape="text",
              hint=N_("With a figure each: a visit noted by a user alone in under 3 minutes, 5 fields at "
                      "most…")),
        Input(key="weeks", label=N_("How many weeks?"), shape="weeks"),
        Input(key="data", label=N_("Which sample of data do we hand over?"), shape="text"),
        Input(key="price", label=N_("Price terms"), shape="text"),
        Input(key="ownership", label=N_("Who owns the settings afterwards?"), shape="text"),
    ),
    CHOICE: (
        Input(key="chosen", label=N_("Which solution is proposed?"), shape="option"),
        Input(key="integrator", label=N_("Which integrator?"), shape="line"),
        Input(key="references", label=N_("Which references were called, and what did they say?"), shape=
            "text"),
        Input(key="cost", label=N_("What does it cost over five years, all included?"), shape="text"),
        Input(key="budget", label=N_("The five-year budget (RTE06) may stand in"), shape="boxes",
              options=BUDGET_INSIDE,
              hint=N_("Nothing ticked: it stands in no document.")),
        Input(key="exit", label=N_("What does the contract say about leaving?"), shape="text"),
    ),
}  # fmt: skip
ASIDE = "aside-"  # before the number of a session that is set aside


def aside(w: Wording, sessions: Mapping[str, str]) -> tuple[Input, ...]:
    """Why each session's solution is not the one."""
    return tuple(
        Input(key=f"{ASIDE}{ref}", label=w("Why not {option}?", option=name)[:200], shape="text", said=True)
        for ref, name in sessions.items()
    )


def drawn(w: Wording, fields: Iterable[Input], content: Mapping[str, Any]) -> list[Json]:
    """The fields, with what was kept in them. A choice without anything to choose is left out."""
    return [
        blocks.field(
            one.label if one.said else w(one.label), _element(w, one, content.get(one.key)),
            block_id=one.key, optional=not one.required, hint=w(one.hint) if one.hint else "",
        )
        for one in fields
        if one.shape not in ("option", "several") or one.options
    ]  # fmt: skip


def _element(w: Wording, one: Input, value: Any) -> Json:
    match one.shape:
        case "day":
            return elements.date(one.key, initial=str(value) if value else None)
        case "weeks":
            return elements.number(one.key, initial=value or None, least=SHORTEST, most=LONGEST)
        case "boxes":
            options = [elements.option(w(label), key) for key, label in (one.options or {}).items()]
            return elements.checkboxes(one.key, options, initial=value or ())
        case "option" | "several":
            known = one.options or {}
            options = [elements.option(label, key) for key, label in known.items()]
            if one.shape == "option":
                return elements.select(one.key, options, initial=value)
            chosen = [key for key in value or () if key in known]
            return elements.multi_select(one.key, options, initial=chosen)
        case _:
            several = one.shape == "text"
            most = TEXT if several else LINE
            return elements.words(one.key, initial=value, several_lines=several, most=most)


def read(request: Request, fields: Iterable[Input]) -> dict[str, Any]:
    """What was filled in, by field; what is empty is left out."""
    found = {one.key: _value(one, answer.state(request, one.key, one.key)) for one in fields}
    return {key: value for key, value in found.items() if value}


def _value(one: Input, state: Json) -> Any:
    match one.shape:
        case "day":
            day = forms.day(state.get("selected_date"))
            return day.isoformat() if day else None
        case "weeks":
            typed = str(state.get("value") or "")
            return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else None
        case "boxes" | "several":
            ticked = [str(option.get("value")) for option in state.get("selected_options") or ()]
            return [key for key in one.options or {} if key in ticked]
        case "option":
            chosen = str((state.get("selected_option") or {}).get("value") or "")
            return chosen if chosen in (one.options or {}) else None
        case _:
            return str(state.get("value") or "").strip()
