"""canvases.*: a document in a tab of a channel, made and changed as a whole. Never read back by an app.

A canvas is a file of the vault, as in Slack. What people write in it is not kept here: nobody can.
"""

from __future__ import annotations

from typing import Any

from sandbox.call import Call, Method
from sandbox.people import Channel
from sandbox.refusal import Json, Refused
from sandbox.vault import File
from sandbox.world import World

LONGEST = 1_048_576  # characters of a canvas
MOST = 255  # characters of a title


def create(call: Call) -> Json:
    """canvases.create: a canvas in a tab of `channel_id`. A canvas of nobody's channel is not played here."""
    channel = call.known_channel(call.text("channel_id") or "-", member=True)
    title = call.text("title")[:MOST] or "Untitled"
    file = call.world.vault.give(
        name=f"{title}.md", content=_written(call.structure("document_content")).encode(),
        user=call.install.bot_user, team=call.install.team,
    )  # fmt: skip
    file.title = title
    channel.canvases.append(file.id)
    _changed(call, channel)
    return {"canvas_id": file.id}


def edit(call: Call) -> Json:
    """canvases.edit: the whole canvas replaced. Single sections are not played here."""
    call.need("canvas_id", "changes")
    file, channel = _of(call, call.text("canvas_id"))
    changes = call.structure("changes")
    whole = isinstance(changes, list) and len(changes) == 1 and changes[0].get("operation") == "replace"
    if not whole or "section_id" in changes[0]:
        raise Refused("canvas_editing_failed", "only one change that replaces everything is played here")
    file.content = _written(changes[0].get("document_content")).encode()
    file.length = len(file.content)
    _changed(call, channel)
    return {}


def tabs(call: Call, channel: Channel) -> list[Json]:
    """The canvases of a channel as conversations.info tells them."""
    return [
        {"id": f"Ct{id}", "label": call.world.vault.get(id).title, "type": "canvas", "data": {"file_id": id}}
        for id in channel.canvases
    ]


def shown(world: World, channel: Channel) -> list[Json]:
    """The canvases of a channel as a person sees them."""
    return [world.vault.json(world.vault.get(id)) for id in channel.canvases]


def _of(call: Call, id: str) -> tuple[File, Channel]:
    for channel in call.world.channels.values():
        if id in channel.canvases:
            return call.world.vault.get(id), channel
    raise Refused("canvas_not_found", f"there is no canvas {id!r}")


def _written(content: Any) -> str:
    """The Markdown of a document, as Slack takes it."""
    if not isinstance(content, dict) or content.get("type") != "markdown":
        raise Refused("invalid_arguments", "document_content: a type of markdown, and the markdown")
    text = content.get("markdown")
    if not isinstance(text, str) or len(text) > LONGEST:
        raise Refused("canvas_creation_failed", f"markdown: text of {LONGEST} characters at most")
    return text


def _changed(call: Call, channel: Channel) -> None:
    call.world.changed("channel", channel.id)


CANVASES: dict[str, Method] = {"canvases.create": create, "canvases.edit": edit}
