"""Publishes a file in three steps, of which only the last one shows (slack.md B.7)."""

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.outbound.decision import Again, Decision, Done, Give, decide
from bot.outbound.outcome import Ambiguous, DestinationGone, NotSent, Refused, Sent
from bot.outbound.render import File, Message
from storage import document, outbox
from storage.database import Connection
from storage.failpoint import fp
from storage.outbox import Row

if TYPE_CHECKING:
    from bot.outbound.delivery import Delivery


async def publish(delivery: "Delivery", row: Row, message: Message, channel: str) -> Decision:
    """Publish the file, unless an earlier try is already shared."""
    if message.file is None:
        return Give(code="a file row without a file")
    if row.look_up and row.remote_id:
        shared = await _shared(delivery, row, row.remote_id)
        if shared is not None:
            return shared
    file_id = await _stored(delivery, row, message.file)
    if not isinstance(file_id, str):
        return file_id
    kept = await delivery.parts.db.background.run(
        _noted, row=row, worker=delivery.worker, remote_id=file_id, content=message.file.content,
        name=message.file.name, now=delivery.parts.clock.now(),
    )  # fmt: skip
    if not kept:
        return Again(code="lease lost", counts=False)
    title = message.file.title or message.file.name
    fp("before_post")
    outcome = await delivery.call(
        row, "files.completeUploadExternal", files=[{"id": file_id, "title": title}],
        channel_id=channel, initial_comment=message.text or None, thread_ts=message.thread_ts or None,
    )  # fmt: skip
    fp("after_post")
    if outcome == DestinationGone(code="not_in_channel") and await delivery.joined(row, channel):
        return Again(code="joined", after=timedelta(0))
    decision = decide(outcome, method="files.completeUploadExternal", repeatable=False)
    return Done(remote_id=file_id) if isinstance(decision, Done) else decision


def _noted(  # noqa: PLR0913 - which file, of which row, by which worker, when
    conn: Connection, *, row: Row, worker: str, remote_id: str, content: bytes, name: str, now: datetime
) -> bool:
    """Slack has the bytes; those of a version of a document are known again (`cadrage verify`)."""
    if row.ref.get("doc"):
        file = document.Delivered(
            workspace=row.workspace, project_id=str(row.ref["project"]), doc=str(row.ref["doc"]),
            version=int(row.ref.get("version") or 0), form=name.rpartition(".")[2][:8],
            language=str(row.ref.get("language") or ""), delivered_at=now,
        )  # fmt: skip
        document.delivered(conn, sha256=hashlib.sha256(content).hexdigest(), file=file)
    return bool(outbox.note_remote(conn, row_id=row.id, worker=worker, remote_id=remote_id))


async def _shared(delivery: "Delivery", row: Row, file_id: str) -> Decision | None:
    """The earlier try if people can see it; `None` if they cannot."""
    outcome = await delivery.call(row, "files.info", file=file_id)
    if isinstance(outcome, Sent):
        file = outcome.data.get("file")
        shares = file.get("shares") if isinstance(file, dict) else None
        return Done(remote_id=file_id) if shares else None
    if isinstance(outcome, Refused | DestinationGone):
        return None  # a file that was never completed is not found
    return decide(outcome, method="files.info", repeatable=True)


async def _stored(delivery: "Delivery", row: Row, file: File) -> str | Decision:
    """Steps one and two: the bytes are with Slack and nobody sees them. Returns the file's id."""
    asked = await delivery.call(
        row, "files.getUploadURLExternal", filename=file.name, length=len(file.content)
    )
    if not isinstance(asked, Sent):
        return decide(asked, method="files.getUploadURLExternal", repeatable=True)
    url, file_id = asked.data.get("upload_url"), asked.data.get("file_id")
    if not isinstance(url, str) or not isinstance(file_id, str):
        return Again(code="no upload address in the answer")
    outcome = await delivery.parts.slack.upload(url, file.content, file.name)
    if isinstance(outcome, Sent):
        return file_id
    code = outcome.code if isinstance(outcome, NotSent | Ambiguous | Refused) else type(outcome).__name__
    return Again(code=f"upload: {code}")
