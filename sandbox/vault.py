"""Files of the pretend workspace: upload in three steps (URL, bytes, completion). Pure state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.world import World

KINDS = {
    "md": ("markdown", "Markdown (raw)", "text/markdown"),
    "txt": ("text", "Plain Text", "text/plain"),
    "csv": ("csv", "CSV", "text/csv"),
    "pdf": ("pdf", "PDF", "application/pdf"),
    "docx": (
        "docx",
        "Word Document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "png": ("png", "PNG", "image/png"),
    "json": ("json", "JSON", "application/json"),
}


@dataclass(kw_only=True, slots=True)
class File:
    """One file. Private until completed with a channel; `shares` maps a channel to the ts that shows it."""

    id: str
    name: str
    length: int
    user: str
    team: str
    created: int
    content: bytes = b""
    title: str = ""
    complete: bool = False
    shares: dict[str, str] = field(default_factory=dict)


class Vault:
    """All files by id. Does not post: completing with a channel is methods' work."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.files: dict[str, File] = {}

    def reserve(self, *, name: str, length: int, user: str, team: str) -> File:
        """Step 1: a place to send bytes to."""
        file = File(
            id=self.world.new_id("F"),
            name=name,
            length=length,
            user=user,
            team=team,
            created=int(self.world.now()),
        )
        self.files[file.id] = file
        return file

    def receive(self, file_id: str, content: bytes) -> bool:
        """Step 2: the bytes. False when the length is not the one announced (Slack answers an error then)."""
        file = self.files.get(file_id)
        if file is None or len(content) != file.length:
            return False
        file.content = content
        return True

    def give(self, *, name: str, content: bytes, user: str, team: str) -> File:
        """A file that somebody has chosen in a form: complete, and shared with nobody."""
        file = self.reserve(name=name, length=len(content), user=user, team=team)
        file.content, file.title, file.complete = content, name, True
        return file

    def get(self, file_id: str) -> File:
        """The file with this id; Refused when there is none."""
        try:
            return self.files[file_id]
        except KeyError:
            raise Refused("file_not_found", f"there is no file {file_id!r}") from None

    def json(self, file: File, address: str = "") -> Json:
        """The file object Slack gives in answers and messages."""
        filetype, pretty, mimetype = KINDS.get(
            file.name.rsplit(".", 1)[-1].lower(), ("binary", "Binary", "application/octet-stream")
        )
        shares: Json = {}
        for channel_id, ts in file.shares.items():
            public = self.world.channels[channel_id].kind == "channel"
            shares.setdefault("public" if public else "private", {})[channel_id] = [{"ts": ts}]
        url = f"{address}/_/files/{file.id}/{file.name}"
        return {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title or file.name,
            "mimetype": mimetype,
            "filetype": filetype,
            "pretty_type": pretty,
            "user": file.user,
            "user_team": file.team,
            "editable": False,
            "size": file.length,
            "mode": "hosted",
            "is_external": False,
            "is_public": bool(shares.get("public")),
            "url_private": url,
            "url_private_download": url,
            "permalink": url,
            "channels": [c for c in file.shares if self.world.channels[c].kind == "channel"],
            "groups": [c for c in file.shares if self.world.channels[c].kind == "private"],
            "ims": [c for c in file.shares if self.world.channels[c].kind == "im"],
            "shares": shares,
        }
