"""Publishes a file in three steps, of which only the last one shows (slack.md B.7)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.outbound.decision import Again, Decision, Done, Give, decide
from bot.outbound.outcome import Ambiguous, DestinationGone, NotSent, Refused, Sent
from bot.outbound.render import File, Message
from storage import outbox
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
        outbox.note_remote, row_id=row.id, worker=delivery.worker, remote_id=file_id
    )
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
