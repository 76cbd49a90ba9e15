"""Fills in any form Slack could show, as its client would send it. Knows no form of the product."""

from collections.abc import Callable
from typing import Any

from benchmarks.sink import Json

TEXT = "Nous répondons nous-mêmes au téléphone, et personne ne sait où en est le dossier."
DAY = "2027-06-30"


def options(element: Json) -> list[Json]:
    """The choices of a select, grouped or not."""
    return element.get("options") or [o for g in element.get("option_groups", []) for o in g["options"]]


def _choice(element: Json) -> Json | None:
    offered = options(element)
    return element.get("initial_option") or (offered[0] if offered else None)


#: Element type -> what the client sends as its state.
FILLED: dict[str, Callable[[Json], Json]] = {
    "plain_text_input": lambda e: {"value": TEXT[: e.get("max_length", 3000)]},
    "number_input": lambda e: {"value": str(e.get("min_value", 1))},
    "datepicker": lambda e: {"selected_date": e.get("initial_date", DAY)},
    "static_select": lambda e: {"selected_option": _choice(e)},
    "radio_buttons": lambda e: {"selected_option": _choice(e)},
    "checkboxes": lambda e: {"selected_options": [c] if (c := _choice(e)) else []},
    "multi_static_select": lambda e: {"selected_options": [c] if (c := _choice(e)) else []},
    "users_select": lambda e: {"selected_user": e.get("initial_user", "U0P00000X0")},
    "multi_users_select": lambda e: {"selected_users": e.get("initial_users", ["U0P00000X0"])},
    "conversations_select": lambda e: {"selected_conversation": e.get("initial_conversation", "C0P00000")},
}


def state(view: Json) -> Json:
    """`view.state` after somebody has filled in every input with the first thing that fits. Selects
    beside each other that offer the same (a ranking) get one choice each."""
    values: dict[str, dict[str, Any]] = {}
    ranked: dict[tuple[str, ...], int] = {}
    for block in view.get("blocks", []):
        if block["type"] == "input":
            element = block["element"]
            filled = FILLED[element["type"]](element)
            if element["type"] == "static_select":
                offered = tuple(option["value"] for option in options(element))
                place = ranked[offered] = ranked.get(offered, -1) + 1
                filled = {"selected_option": options(element)[place % len(offered)]}
            values[block["block_id"]] = {element["action_id"]: {"type": element["type"], **filled}}
        elif block["type"] == "actions":
            for element in block["elements"]:
                if element["type"] == "static_select":
                    untouched = {"type": "static_select", "selected_option": None}
                    values.setdefault(block["block_id"], {})[element["action_id"]] = untouched
    return {"values": values}


def asks(view: Json) -> bool:
    """Whether there is anything to send."""
    return bool(view.get("submit"))
