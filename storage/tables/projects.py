"""The tables of a project: itself, its roles, its team, the versions of its note. Holds no query."""

from sqlalchemy import Date, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json, Plain
from storage.tables.schema import column, metadata, of, workspace

project = Table(
    "project",
    metadata,
    workspace(),
    column("id", String(32), "random 128-bit id, hexadecimal"),
    column("channel", String(32), "Slack channel the project lives in"),
    column("name", Plain(), "what people call the project (SET01)"),
    column("language", String(2), "language of what is said in the channel: en or fr (SET20)"),
    column("start", Date(), "first day of the project (SET18)", empty=True),
    column("zone", String(64), "IANA time zone that dates and hours are meant in"),
    column("phase", String(2), "P0 to P6 (0.3)"),
    column("currency", Plain(), "what its budgets are counted in; null: euros", empty=True),
    column("creator", String(32), "Slack user who created it"),
    column("created_at", Instant(), "when it was created, UTC"),
    column("emoji", String(64), "reaction that offers to record a message; null: off", empty=True),
    column("holidays", Json(), "days on which nothing leaves, as 2026-12-25; null: none given", empty=True),
    PrimaryKeyConstraint("workspace", "id"),
    Index(None, "workspace", "channel"),
    comment="One scoping project.",
)

role = Table(
    "role",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("role", String(16), "sponsor, arbiter, lead, facilitator, expert or coach (0.2)"),
    column("user", String(32), "Slack user who holds it"),
    PrimaryKeyConstraint("workspace", "project_id", "role"),
    of("project", "project_id"),
    Index(None, "workspace", "user"),
    comment="The single roles of a project; an absent row is a role nobody holds.",
)

member = Table(
    "member",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("user", String(32), "Slack user in the team"),
    column("position", Integer(), "order of the line in the team form, from 0"),
    column("function", String(16), "marketing, sales, service, it … (0.2)", empty=True),
    column("daci", String(16), "driver, approver, contributor or informed", empty=True),
    column("hours", Integer(), "hours a week", empty=True),
    PrimaryKeyConstraint("workspace", "project_id", "user"),
    of("project", "project_id"),
    Index(None, "workspace", "user"),
    comment="The lines of the project team (SET13).",
)

note = Table(
    "note",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("version", Integer(), "1, 2, 3 … of its scoping note"),
    column("made_by", String(32), "Slack user who asked for it"),
    column("made_at", Instant(), "when, UTC: what has changed since is told in the next one"),
    PrimaryKeyConstraint("workspace", "project_id", "version"),
    of("project", "project_id"),
    comment="Versions of the scoping note. The text is made from the answers of the moment.",
)
