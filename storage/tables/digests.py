"""The tables of the sponsor's digest, and of who wants copies by e-mail. Holds no query, and no answer."""

from sqlalchemy import Boolean, Date, LargeBinary, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json, Plain
from storage.tables.schema import column, metadata, of, workspace

digest = Table(
    "digest",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("period", String(16), "the week it is of, where the sponsor is: 2026-W08"),
    column("sponsor", String(32), "Slack user it was made for"),
    column("made_on", Date(), "the day, where the sponsor is"),
    column("made_at", Instant(), "when, UTC"),
    column(
        "covers_from", Date(), "the day it was due, when it is a catch-up; null: it was on time", empty=True
    ),
    column("said", Json(), "what it says, by codes and figures: the next one is compared with it"),
    column("sent", Json(), "all that it said when it was made; null: made by an earlier version", empty=True),
    column("note", Plain(), "the facilitator's sentence", empty=True),
    column("note_by", String(32), "Slack user whose sentence it is; null: none", empty=True),
    PrimaryKeyConstraint("workspace", "project_id", "period"),
    of("project", "project_id"),
    comment="The digests that were made, one a week. Its words are made when it is shown.",
)

news = Table(
    "news",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("day", Date(), "on which it was drafted, where the project is"),
    column("state", String(8), "drafted, posted or skipped"),
    column("text", Plain(), "what was posted, in the words of whoever did; null: nothing was", empty=True),
    column("by", String(32), "Slack user who posted or skipped it; null: nobody yet", empty=True),
    column("at", Instant(), "when it last changed, UTC"),
    PrimaryKeyConstraint("workspace", "project_id", "day"),
    of("project", "project_id"),
    comment="News that were drafted for the lead, one a day at most (5.2), and what was posted of them.",
)

digest_setting = Table(
    "digest_setting",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("rhythm", String(12), "weekly, fortnightly or monthly; null: as the phase says", empty=True),
    column("note", Plain(), "the facilitator's sentence for the next digest", empty=True),
    column("note_by", String(32), "Slack user whose sentence it is; null: none", empty=True),
    PrimaryKeyConstraint("workspace", "project_id"),
    of("project", "project_id"),
    comment="How often a project's sponsor wants the digest, and what the facilitator adds to the next one.",
)

mail_choice = Table(
    "mail_choice",
    metadata,
    workspace(),
    column("user", String(32), "Slack user"),
    column("wanted", Boolean(), "whether copies are sent"),
    column("sealed", LargeBinary(), "the address, encrypted; null: none was given", empty=True),
    column("trouble", String(300), "why the last copy was refused for good; null: it was not", empty=True),
    column("changed_at", Instant(), "when it was last chosen, UTC"),
    PrimaryKeyConstraint("workspace", "user"),
    comment="Who wants copies by e-mail, and where to. An address can be read with the application key only.",
)
