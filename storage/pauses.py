"""What keeps the queue from leaving: a method that Slack throttles, a workspace that is paused.

Claiming rows (storage/outbox.py) respects it; nothing here touches a row.
"""

from datetime import datetime

from sqlalchemy import Connection

from storage import outbox_statements as sql
from storage.outbox import Op

#: Which operations wait when Slack throttles a method. A method that is not here holds up nothing.
THROTTLES: dict[str, tuple[Op, ...]] = {
    "chat.postMessage": ("post", "dm", "card"),
    "chat.update": ("card",),
    "conversations.open": ("dm",),
    "views.publish": ("home",),
    "files.getUploadURLExternal": ("file",),
    "files.completeUploadExternal": ("file",),
    "canvases.create": ("canvas",),
    "canvases.edit": ("canvas",),
}


def throttle(conn: Connection, *, workspace: str, method: str, until: datetime) -> None:
    """Slack throttles this method in this workspace: what needs it waits, the rest goes on."""
    for op in THROTTLES.get(method, ()):
        row = {"workspace": workspace, "op": op, "closed_until": until, "reason": method}
        conn.execute(sql.GATE.on(conn), row)


def pause(conn: Connection, *, workspace: str, reason: str) -> None:
    """Say nothing to this workspace until it is resumed (token revoked, app removed)."""
    row = {"workspace": workspace, "op": "*", "closed_until": None, "reason": reason}
    conn.execute(sql.GATE.on(conn), row)


def resume(conn: Connection, *, workspace: str) -> None:
    """Go on from where it was."""
    conn.execute(sql.RESUME, {"w": workspace})


def paused(conn: Connection) -> dict[str, str]:
    """Workspaces nothing is said to, with the reason."""
    return {row.workspace: row.reason for row in conn.execute(sql.PAUSED)}
