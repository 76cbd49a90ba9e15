"""The tables of what is due: reminders of one's own items, and handing them over. Holds no query."""

from sqlalchemy import Boolean, Date, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Plain
from storage.tables.schema import column, metadata, of, workspace

upkeep = Table(
    "upkeep",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("prefix", String(8), "of the record"),
    column("number", Integer(), "of the record"),
    column("due", Date(), "the date it is about: with another date all of this begins again"),
    column("owner", String(32), "Slack user it is about; empty: nobody. With another it begins again"),
    column("said", Integer(), "how many reminders this person has had for it; three at most"),
    column("said_on", Date(), "the day of the latest, where the person is; null: none yet", empty=True),
    column("quiet_until", Date(), "put off until this day; null: not", empty=True),
    column("stopped", Boolean(), "never to be said again to this person"),
    column("level", Integer(), "who has been told that it is overdue: 0 owner, 1 lead, 2 arbiter"),
    column("level_on", Date(), "the day on which the latest level heard of it; null: none", empty=True),
    PrimaryKeyConstraint("workspace", "project_id", "prefix", "number"),
    of("project", "project_id"),
    comment="What has been said of an item that is due, and to whom. Never shown as a list of people.",
)

handover = Table(
    "handover",
    metadata,
    workspace(),
    column("id", String(32), "random 128-bit id, hexadecimal"),
    column("project_id", String(32), "the project"),
    column("prefix", String(8), "of the record"),
    column("number", Integer(), "of the record"),
    column("from_user", String(32), "Slack user who passes it on: its owner, or the lead in their place"),
    column("to_user", String(32), "Slack user who is asked to see to it"),
    column("note", Plain(), "a word to them", empty=True),
    column("state", String(12), "asked, accepted, declined or withdrawn"),
    column("asked_at", Instant(), "when, UTC"),
    column("settled_at", Instant(), "when its state last changed, UTC; null: never", empty=True),
    PrimaryKeyConstraint("workspace", "id"),
    of("project", "project_id"),
    Index(None, "workspace", "to_user"),
    Index(None, "workspace", "project_id", "prefix", "number"),
    comment="Who asked whom to see to an item from now on, and what came of it.",
)
