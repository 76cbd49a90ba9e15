"""files.*: the three-step upload, and what is known of a file. Only the last step shows it to anybody."""

from __future__ import annotations

from sandbox import chat, events, forms, limits
from sandbox.call import Call, Method
from sandbox.refusal import Json, Refused


def upload_url(call: Call) -> Json:
    """files.getUploadURLExternal: name and exact length in bytes."""
    call.need("filename", "length")
    length = call.number("length", 0)
    if length <= 0:
        raise Refused("invalid_arguments", "length: must be more than 0 bytes")
    file = call.world.vault.reserve(
        name=call.text("filename"), length=length, user=call.install.bot_user, team=call.install.team
    )
    return {"upload_url": f"{call.address}/upload/v1/{file.id}", "file_id": file.id}


def complete(call: Call) -> Json:
    """files.completeUploadExternal: with a channel it posts the files, without it they stay private."""
    listed = call.structure("files")
    if not isinstance(listed, list) or not listed:
        raise Refused("invalid_arguments", "missing required field: files")
    files = []
    for entry in listed:
        file = call.world.vault.get(str(entry.get("id", "")))
        if not file.content:
            raise Refused("file_not_found", f"{file.id}: its bytes never arrived")
        file.title, file.complete = entry.get("title") or file.name, True
        files.append(file)
    if call.text("channel_id") or call.text("channels"):
        call.args["channel"] = call.text("channel_id") or call.text("channels").split(",")[0]
        _share(call, [file.id for file in files])
    return {"files": [call.world.vault.json(file, call.address) for file in files]}


def _share(call: Call, ids: list[str]) -> None:
    channel = chat.postable(call)
    message: Json = {
        "type": "message",
        "subtype": "file_share",
        "user": call.install.bot_user,
        "bot_id": call.install.bot,
        "app_id": call.install.app,
        "team": call.install.team,
        "text": chat.mutated(call.text("initial_comment")),
        "upload": True,
    }
    if call.text("thread_ts"):
        message["thread_ts"] = call.text("thread_ts")
    if blocks := call.structure("blocks", "invalid_blocks_format"):
        limits.check_message_blocks(blocks)
        message["blocks"] = forms.with_ids(blocks)
    kept = call.world.post(channel, message)
    for file_id in ids:
        call.world.vault.get(file_id).shares[channel.id] = kept["ts"]
    kept["files"] = [call.world.vault.json(call.world.vault.get(file_id), call.address) for file_id in ids]
    events.posted(call.world, call.tell, channel, kept)


def info(call: Call) -> Json:
    """files.info, with `shares`."""
    call.need("file")
    file = call.world.vault.get(call.text("file"))
    return {"file": call.world.vault.json(file, call.address), "comments": [], "content_truncated": False}


UPLOADS: dict[str, Method] = {
    "files.getUploadURLExternal": upload_url,
    "files.completeUploadExternal": complete,
    "files.info": info,
}
