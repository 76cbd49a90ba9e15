"""Pressing and choosing: buttons, selects, pickers of messages, modals and Home; typing; suggestions.

The app hears of a press as `block_actions` with the full `state`; unanswered, they see a warning triangle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox import forms, limits, payloads
from sandbox.delivery import Ack
from sandbox.hands import SHOWN, Hands, told
from sandbox.people import Person
from sandbox.refusal import Json, Refused
from sandbox.surfaces import View


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """What is pressed: `container` says where ({type: message, channel, ts} | {type: view|home, view_id})."""

    container: Json
    action_id: str
    block_id: str = ""
    value: Any = None  # for selects and pickers: option value, id, date… or Slack's own state shape
    values: Json | None = None  # what else was typed in the view meanwhile


async def click(hands: Hands, who: str, press: Press) -> Json:
    """Press a button or choose in a select, date picker… of a message, a modal or Home."""
    person = hands.someone(who)
    if press.container.get("type") in {"view", "home"}:
        return await _in_view(hands, person, hands.view(person, press.container), press)
    return await _in_message(hands, person, press)


async def _in_view(hands: Hands, person: Person, view: View, press: Press) -> Json:
    fill(hands, view, press.values or {})
    block, element = forms.find(view.body["blocks"], press.block_id, press.action_id)
    value = offered(hands, person, element, press.value)
    entry = forms.action(element, block["block_id"], value, hands.world.next_ts())
    if forms.blank(element) is not None:
        fill(hands, view, {block["block_id"]: {press.action_id: value}})
    modal = view.body.get("type") != "home"
    body = {
        **payloads.interaction(hands.world, view.install, person, "block_actions"),
        "container": {"type": "view", "view_id": view.id},
        "view": payloads.view(view),
        "actions": [entry],
        "trigger_id": hands.world.surfaces.trigger(person.id, view.id if modal else None),
    }
    return await _act(hands, person, view.id, body)


async def _in_message(hands: Hands, person: Person, press: Press) -> Json:
    channel = hands.place(person.id, str(press.container.get("channel")))
    ts = str(press.container.get("ts"))
    whispered = channel.ephemerals.get(person.id, {}).get(ts)
    message = whispered or hands.message(channel, ts)
    blocks = message.get("blocks") or []
    block, element = forms.find(blocks, press.block_id, press.action_id)
    value = offered(hands, person, element, press.value)
    entry = forms.action(element, block["block_id"], value, hands.world.next_ts())
    typed = hands.typed.setdefault((person.id, ts), {})
    if forms.blank(element) is not None:
        typed.setdefault(block["block_id"], {})[press.action_id] = forms.to_state(element, value)
    install = hands.owner(message)
    container = {
        "type": "message",
        "message_ts": ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(whispered),
    }
    if "thread_ts" in message:
        container["thread_ts"] = message["thread_ts"]
    body: Json = {
        **payloads.interaction(hands.world, install, person, "block_actions"),
        "container": container,
        "channel": {"id": channel.id, "name": payloads.channel_name(channel)},
        "state": {"values": forms.state_values(blocks, typed)},
        "actions": [entry],
        "trigger_id": hands.world.surfaces.trigger(person.id),
        "response_url": hands.response_url(channel, person, install, message),
    }
    if whispered is None:
        body["message"] = message
    return await _act(hands, person, ts, body)


async def _act(hands: Hands, person: Person, place: str, body: Json) -> Json:
    ack, ms = await hands.ask("interactive", body)
    warnings = hands.warnings.setdefault(person.id, {})
    warnings.pop(place, None)
    if ack.ok:
        return {"ok": True, "ms": ms}
    warnings[place] = SHOWN["warning"]
    hands.world.changed("modal" if "view" in body else "channel", person.id)
    return {**told("warning"), "error": ack.problem, "warning": True, "ms": ms}


def fill(hands: Hands, view: View, values: Json) -> None:
    """Remember what a person typed into a view: {block_id: {action_id: value}}. Sends nothing.

    What is not on the screen any more, because the view changed meanwhile, is dropped.
    """
    person = hands.world.people[view.user]
    shown = {(b["block_id"], e.get("action_id")): e for b, e in forms.elements(view.body["blocks"])}
    for block_id, actions in values.items():
        for action_id, raw in actions.items():
            element = shown.get((block_id, action_id))
            if element is None:
                continue
            state = forms.to_state(element, offered(hands, person, element, raw))
            view.typed.setdefault(block_id, {})[action_id] = state


def offered(hands: Hands, person: Person, element: Json, raw: Any) -> Any:
    """For an external select, the whole option behind a value the app offered last."""
    if element["type"] not in forms.EXTERNAL:
        return raw
    options = hands.suggested.get((person.id, element["action_id"]), [])
    known = {key: o for o in options for key in (o.get("value"), o.get("text", {}).get("text"))}
    if isinstance(raw, list):
        return [known.get(item, item) if isinstance(item, str) else item for item in raw]
    return known.get(raw, raw) if isinstance(raw, str) else raw


async def suggest(hands: Hands, who: str, press: Press) -> Json:
    """Ask the app for the options of an external select (`value` is what was typed). No answer gives none."""
    person = hands.someone(who)
    ack, ms = await hands.ask("interactive", _suggestion(hands, person, press))
    answer = ack.body if ack.ok and isinstance(ack.body, dict) else {}
    try:
        limits.check_suggestions(answer)
    except Refused as refusal:
        return {"ok": False, "options": [], "error": refusal.code, "why": list(refusal.why), "ms": ms}
    hands.suggested[person.id, press.action_id] = forms.options_of(answer)
    return {**_options(ack, answer), "ms": ms}


def _options(ack: Ack, answer: Json) -> Json:
    groups = {"option_groups": answer["option_groups"]} if answer.get("option_groups") else {}
    return {"ok": ack.ok, "options": answer.get("options", []), **groups}


def _suggestion(hands: Hands, person: Person, press: Press) -> Json:
    if press.container.get("type") in {"view", "home"}:
        view = hands.view(person, press.container)
        install = view.install
        about: Json = {"view": payloads.view(view), "container": {"type": "view", "view_id": view.id}}
    else:
        channel = hands.place(person.id, str(press.container.get("channel")))
        message = hands.message(channel, str(press.container.get("ts")))
        install = hands.owner(message)
        about = {
            "message": message,
            "channel": {"id": channel.id, "name": payloads.channel_name(channel)},
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel.id},
        }
    return {
        **payloads.interaction(hands.world, install, person, "block_suggestion"),
        **about,
        "action_id": press.action_id,
        "block_id": press.block_id,
        "value": press.value or "",
    }
