"""The tables of what Slack shows and has sent: cards, memos, deliveries taken. Holds no query."""

from sqlalchemy import Index, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json
from storage.tables.schema import column, metadata, workspace

card = Table(
    "card",
    metadata,
    workspace(),
    column("kind", String(32), "what the card shows: dialogue, invitation, leader …"),
    column("object_id", String(64), "id of what it shows"),
    column("audience", String(32), "user or channel it was made for; empty: the project channel"),
    column("channel", String(32), "Slack channel of the message"),
    column("ts", String(32), "Slack timestamp of the message"),
    PrimaryKeyConstraint("workspace", "kind", "object_id", "audience"),
    comment="Where each card stands in Slack, so that it is updated and not posted again.",
)

memo = Table(
    "memo",
    metadata,
    workspace(),
    column("user", String(32), "Slack user it is about; empty: nobody in particular"),
    column("name", String(96), "what it is: project, quiet:<project>, nudged:<dialogue> …"),
    column("value", Json(), "the choice or the moment; never an answer"),
    PrimaryKeyConstraint("workspace", "user", "name"),
    comment="Small things the surfaces keep: a person's choices, when somebody was last nudged.",
)

inbox = Table(
    "inbox",
    metadata,
    workspace(),
    column("key", String(160), "identity of the delivery: ev:…, form:…, cmd:…"),
    column("kind", String(16), "event, form, command …"),
    column("at", Instant(), "when it was first taken, UTC"),
    column("result", Json(), "the answer a repeated form gets again", empty=True),
    PrimaryKeyConstraint("workspace", "key"),
    Index(None, "at"),
    comment="What has been taken already, for 7 days. Holds no payload.",
)
