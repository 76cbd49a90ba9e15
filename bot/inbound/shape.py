"""Which gesture a cleaned payload is. Pure; a payload of no known shape is `None`, never an error."""

from typing import Any

from bot.request import Json, Request
from bot.verbs import parse

#: Payload types with a `callback_id` of their own.
_SHORTCUTS = ("shortcut", "message_action")


def request_of(body: Json) -> Request | None:
    """The gesture in `body`, or `None` when a part every such payload has is missing or odd."""
    if isinstance(body.get("command"), str):
        return _command(body)
    made = {
        "block_actions": _action,
        "view_submission": _view,
        "view_closed": _view,
        "block_suggestion": _options,
        "event_callback": _event,
        **dict.fromkeys(_SHORTCUTS, _shortcut),
    }.get(str(body.get("type")))
    return made(body) if made else None


def is_from_bot(request: Request) -> bool:
    """Whether a program wrote the message of an event. Bots do not answer bots: they would not stop."""
    event = request.payload.get("event") if request.kind == "event" else None
    return isinstance(event, dict) and bool(event.get("bot_id"))


def stem(identifier: str) -> str:
    """An action's name: its `action_id` up to the first ":"; what follows are ids for the handler."""
    return identifier.partition(":")[0]


def _command(body: Json) -> Request | None:
    workspace, user = _text(body, "team_id"), _text(body, "user_id")
    if not workspace or not user:
        return None
    return Request(
        kind="command",
        name=_verb(_text(body, "text")),
        workspace=workspace,
        user=user,
        payload=body,
        trigger_id=_text(body, "trigger_id"),
        response_url=_text(body, "response_url"),
    )


def _verb(typed: str) -> str:
    """The verb's key; "" for the bare command; "?" for a word nobody knows."""
    key = parse(typed).key
    return "?" if key is None else key


def _action(body: Json) -> Request | None:
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    if not isinstance(first, dict):
        return None
    return _gesture(body, "action", stem(_text(first, "action_id")))


def _view(body: Json) -> Request | None:
    view = body.get("view")
    if not isinstance(view, dict) or not isinstance(view.get("state") or {}, dict):
        return None
    kind = "view" if body["type"] == "view_submission" else "closed"
    return _gesture(body, kind, stem(_text(view, "callback_id")))


def _options(body: Json) -> Request | None:
    return _gesture(body, "options", stem(_text(body, "action_id")))


def _shortcut(body: Json) -> Request | None:
    return _gesture(body, "shortcut", _text(body, "callback_id"))


def _event(body: Json) -> Request | None:
    event = body.get("event")
    installed = body.get("authorizations")
    ours = installed[0] if isinstance(installed, list) and installed else None
    workspace = _text(ours, "team_id") or _text(body, "team_id")  # differs in a shared channel
    if not isinstance(event, dict) or not workspace or not _text(event, "type"):
        return None
    user = event.get("user")
    return Request(
        kind="event",
        name=_text(event, "type"),
        workspace=workspace,
        user=user if isinstance(user, str) else _text(user, "id"),
        payload=body,
    )


def _gesture(body: Json, kind: Any, name: str) -> Request | None:
    user = body.get("user")
    workspace = _text(body.get("team"), "id") or _text(user, "team_id")
    who = _text(user, "id")
    if not name or not workspace or not who:
        return None
    return Request(
        kind=kind,
        name=name,
        workspace=workspace,
        user=who,
        payload=body,
        trigger_id=_text(body, "trigger_id"),
        response_url=_response_url(body),
    )


def _response_url(body: Json) -> str:
    """Where to answer privately: a button's own, or the first one a modal asked for."""
    urls = body.get("response_urls")
    first = urls[0] if isinstance(urls, list) and urls else None
    return _text(body, "response_url") or _text(first, "response_url")


def _text(holder: Any, name: str) -> str:
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, str) else ""
