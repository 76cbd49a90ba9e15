"""The table of people: what Slack says of them and what they chose here. Holds no query."""

from sqlalchemy import Boolean, Date, Index, PrimaryKeyConstraint, String, Table, text

from storage.columns import Instant, Plain
from storage.tables.schema import column, metadata, workspace

person = Table(
    "person",
    metadata,
    workspace(),
    column("user", String(32), "Slack user id"),
    column("name", Plain(), "display name, as Slack last gave it"),
    column("zone", String(64), "IANA time zone from Slack; empty: unknown"),
    column("locale", String(16), "Slack locale, such as fr-FR; empty: unknown"),
    column("language", String(2), "language the person chose; null: as in Slack", empty=True),
    column("is_bot", Boolean(), "a bot or an app, which no role may name"),
    column("deleted", Boolean(), "deactivated in Slack"),
    column("stranger", Boolean(), "belongs to another company (Slack Connect)"),
    column("guest", Boolean(), "a guest of the workspace: may be named, starts no project"),
    column("away_until", Date(), "last day of an absence the person announced", empty=True),
    column("fetched_at", Instant(), "when Slack was last asked, UTC; null: never", empty=True),
    PrimaryKeyConstraint("workspace", "user"),
    Index("ix_person_bots", "workspace", sqlite_where=text("is_bot = 1"), postgresql_where=text("is_bot")),
    comment="A cache of Slack profiles (24 hours), and what the person chose here.",
)
