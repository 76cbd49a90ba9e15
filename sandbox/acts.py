"""What can be done by POST /_/<name>: reads the JSON of a request and calls the gesture."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable

from sandbox import administration, modals, pressing, scenario, talking
from sandbox.pressing import Press
from sandbox.refusal import Impossible, Json
from sandbox.workspace import Workspace

Act = Callable[[Workspace, Json], Awaitable[Json]]


async def _say(space: Workspace, body: Json) -> Json:
    thread = body.get("thread_ts") or ""
    return await talking.say(space.hands, body["as"], body["channel"], body["text"], thread=thread)


async def _command(space: Workspace, body: Json) -> Json:
    return await talking.command(space.hands, body["as"], body["channel"], body["text"])


def _press(body: Json) -> Press:
    """A press from a request; the value may be given as `value` or as the keys of Slack's state shape."""
    value = body.get("value")
    shape = {key: given for key, given in body.items() if key.startswith("selected_")}
    if value is None and shape:
        value = next(iter(shape.values()))
    if isinstance(value, dict) and "type" not in value and "value" in value and "text" not in value:
        value = value["value"]
    return Press(
        container=body["container"],
        action_id=body["action_id"],
        block_id=body.get("block_id") or "",
        value=value,
        values=body.get("values"),
    )


async def _click(space: Workspace, body: Json) -> Json:
    return await pressing.click(space.hands, body["as"], _press(body))


async def _options(space: Workspace, body: Json) -> Json:
    return await pressing.suggest(space.hands, body["as"], _press(body))


async def _fill(space: Workspace, body: Json) -> Json:
    person = space.hands.someone(body["as"])
    container = body.get("container") or {"type": "view", "view_id": body.get("view_id")}
    pressing.fill(space.hands, space.hands.view(person, container), body["values"])
    return {"ok": True}


async def _file(space: Workspace, body: Json) -> Json:
    """Somebody chooses a file of theirs in a form: Slack has it from then on, and shows it to nobody."""
    person = space.hands.someone(body["as"])
    try:
        content = base64.b64decode(str(body["content"]), validate=True)
    except ValueError:
        raise Impossible("The content of a file is base64.") from None
    file = space.world.vault.give(name=str(body["name"]), content=content, user=person.id, team=person.team)
    return {"ok": True, "file": space.world.vault.json(file, space.hands.address)}


async def _submit(space: Workspace, body: Json) -> Json:
    return await modals.submit(space.hands, body["as"], body["view_id"], body.get("values"))


async def _close(space: Workspace, body: Json) -> Json:
    return await modals.close(space.hands, body["as"], body["view_id"], everything=bool(body.get("all")))


async def _shortcut(space: Workspace, body: Json) -> Json:
    where, ts = body.get("channel") or "", body.get("ts") or ""
    return await talking.shortcut(space.hands, body["as"], body["callback_id"], where=where, ts=ts)


async def _react(space: Workspace, body: Json) -> Json:
    return await talking.react(space.hands, body["as"], body["channel"], body["ts"], body["name"].strip(":"))


async def _open_home(space: Workspace, body: Json) -> Json:
    return await talking.open_home(space.hands, body["as"], body.get("tab") or "home")


async def _edit(space: Workspace, body: Json) -> Json:
    return await talking.edit(space.hands, body["as"], body["channel"], body["ts"], body["text"])


async def _erase(space: Workspace, body: Json) -> Json:
    return await talking.erase(space.hands, body["as"], body["channel"], body["ts"])


async def _dismiss(space: Workspace, body: Json) -> Json:
    return await talking.dismiss(space.hands, body["as"], body["channel"], body["ts"])


async def _read(space: Workspace, body: Json) -> Json:
    return administration.mark_read(space, body)


async def _people(space: Workspace, body: Json) -> Json:
    return administration.people(space, body)


async def _channels(space: Workspace, body: Json) -> Json:
    return administration.channels(space, body)


async def _socket(space: Workspace, body: Json) -> Json:
    return {"ok": True, "connections": await space.sockets.disturb(body["do"])}


async def _rates(space: Workspace, body: Json) -> Json:
    space.rates.on = bool(body["on"])
    space.rates.buckets.clear()
    return {"ok": True, "on": space.rates.on}


async def _manifest(space: Workspace, body: Json) -> Json:
    return administration.manifest(space, body)


async def _app(space: Workspace, body: Json) -> Json:
    if body.get("do") == "verify":
        return await administration.verify(space)
    return administration.app(space, body)


async def _acting(space: Workspace, body: Json) -> Json:
    """The player says whom it acts as; "": nobody any more."""
    space.acting = str(body["as"])
    return {"ok": True}


async def _reset(space: Workspace, body: Json) -> Json:
    name = body.get("scenario") or ""
    await space.reset(body.get("data") or scenario.read(name), name)
    return {"ok": True, "scenario": space.scenario_name}


ACTS: dict[str, Act] = {
    "say": _say,
    "command": _command,
    "click": _click,
    "options": _options,
    "fill": _fill,
    "file": _file,
    "submit": _submit,
    "close": _close,
    "shortcut": _shortcut,
    "react": _react,
    "open_home": _open_home,
    "edit": _edit,
    "erase": _erase,
    "dismiss": _dismiss,
    "read": _read,
    "people": _people,
    "channels": _channels,
    "socket": _socket,
    "rates": _rates,
    "manifest": _manifest,
    "app": _app,
    "acting": _acting,
    "reset": _reset,
}
