"""Submitting and closing modals: what the client checks first, what is sent, what the app's answer does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sandbox import forms, payloads, pressing, screens
from sandbox.hands import SHOWN, Hands
from sandbox.people import Person
from sandbox.refusal import Json, Refused
from sandbox.surfaces import View

TROUBLE = SHOWN["trouble_connecting"]
REQUIRED = "Please complete this required field."


async def submit(hands: Hands, who: str, view_id: str, values: Json | None = None) -> Json:
    """Press the modal's submit button. `errors` stand under the inputs, Slack's own or the app's."""
    person = hands.someone(who)
    view = hands.view(person, {"type": "view", "view_id": view_id})
    pressing.fill(hands, view, values or {})
    view.notice = ""
    if errors := client_errors(view):
        view.errors = errors
        hands.world.changed("modal", person.id)
        return {"ok": False, "errors": errors, "sent": False}
    body = {
        **payloads.interaction(hands.world, view.install, person, "view_submission"),
        "trigger_id": hands.world.surfaces.trigger(person.id, view.id),
        "view": payloads.view(view),
        "response_urls": [],
    }
    ack, ms = await hands.ask("interactive", body)
    view.errors = {}
    if not ack.ok:
        return {**_trouble(hands, view, ack.problem), "ms": ms}
    return {**apply_answer(hands, view, ack.body), "ms": ms}


def apply_answer(hands: Hands, view: View, answer: Any) -> Json:
    """Carry out the app's response_action; nothing said closes this view."""
    surfaces = hands.world.surfaces
    action = answer.get("response_action") if isinstance(answer, dict) else None
    if action is None:
        if isinstance(answer, dict) and answer:
            return _trouble(hands, view, "the answer to a submission has no response_action")
        surfaces.close(view)
        return {"ok": True}
    try:
        match action:
            case "clear":
                surfaces.clear(view.user)
            case "errors":
                return _errors(hands, view, answer.get("errors"))
            case "update":
                surfaces.update(view, screens.accepted(answer.get("view"), "modal"))
            case "push":
                surfaces.push(view.user, view.install, screens.accepted(answer.get("view"), "modal"))
            case _:
                return _trouble(hands, view, f"there is no response_action {action!r}")
    except Refused as refusal:
        return {**_trouble(hands, view, refusal.code), "why": list(refusal.why)}
    return {"ok": True, "response_action": action}


def _errors(hands: Hands, view: View, errors: Any) -> Json:
    inputs = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        unknown = sorted(set(errors) - inputs) if isinstance(errors, dict) else []
        return _trouble(hands, view, f"errors name blocks that are no inputs of this view: {unknown}")
    view.errors = {block: str(text) for block, text in errors.items()}
    hands.world.changed("modal", view.user)
    return {"ok": False, "errors": view.errors, "sent": True, "response_action": "errors"}


def _trouble(hands: Hands, view: View, problem: str) -> Json:
    """The modal stays open with the text, and says that something went wrong."""
    view.notice = TROUBLE
    hands.world.changed("modal", view.user)
    return {"ok": False, "error": problem, "shown": "trouble_connecting", "says": TROUBLE}


async def close(hands: Hands, who: str, view_id: str, *, everything: bool = False) -> Json:
    """Close a modal (Cancel), or all of them (the cross). The app hears of it when it asked to."""
    person = hands.someone(who)
    view = hands.view(person, {"type": "view", "view_id": view_id})
    if everything or view.body.get("clear_on_close"):
        closed = hands.world.surfaces.clear(person.id)
    else:
        hands.world.surfaces.close(view)
        closed = [view]
    for gone in closed:
        if gone.body.get("notify_on_close"):
            await _tell_closed(hands, person, gone, cleared=everything or len(closed) > 1)
    return {"ok": True}


async def _tell_closed(hands: Hands, person: Person, view: View, *, cleared: bool) -> None:
    await hands.ask(
        "interactive",
        {
            **payloads.interaction(hands.world, view.install, person, "view_closed"),
            "view": payloads.view(view),
            "is_cleared": cleared,
        },
    )


def client_errors(view: View) -> dict[str, str]:
    """What Slack's client checks before it sends anything: required, lengths, formats."""
    states = forms.state_values(view.body["blocks"], view.typed)
    errors: dict[str, str] = {}
    for block in view.body["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = states[block["block_id"]][element["action_id"]]
        value = state.get(forms.VALUES[element["type"]][0])
        if value in (None, "", []):
            if not block.get("optional"):
                errors[block["block_id"]] = REQUIRED
        elif problem := _problem(element, value):
            errors[block["block_id"]] = problem
    return errors


def _problem(element: Json, value: Any) -> str:
    """What is wrong with a value that is there, or ""."""
    kind = element["type"]
    check = CHECKS.get(kind, _too_many if kind.startswith("multi_") else None)
    return check(element, value) if check else ""


def _length(element: Json, value: str) -> str:
    most, least = element.get("max_length", 3000), element.get("min_length", 0)
    if len(value) > most:
        return f"Please shorten this to {most} characters or fewer."
    return f"Please enter at least {least} characters." if len(value) < least else ""


def _email(_: Json, value: str) -> str:
    return "" if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) else "Please enter a valid email address."


def _url(_: Json, value: str) -> str:
    return "" if re.fullmatch(r"https?://\S+", value) else "Please enter a valid URL."


def _files(element: Json, value: list[Any]) -> str:
    most = element.get("max_files", 10)
    return f"Please choose at most {most} files." if len(value) > most else ""


def _too_many(element: Json, value: list[Any]) -> str:
    most = element.get("max_selected_items")
    return f"Please choose at most {most}." if most and len(value) > most else ""


def _number(element: Json, value: str) -> str:
    pattern = r"[+-]?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"[+-]?\d+"
    if not re.fullmatch(pattern, value.strip()):
        return (
            "Please enter a number." if element.get("is_decimal_allowed") else "Please enter a whole number."
        )
    number = float(value)
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return ""


CHECKS: dict[str, Callable[[Json, Any], str]] = {
    "plain_text_input": _length,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
    "file_input": _files,
}
