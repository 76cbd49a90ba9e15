"""The tables of the rhythm: dates people give, the people of a lot, what became of each occasion, check-ins,
pauses, replies to waves. Holds no query, and nothing of anonymous answers."""

from sqlalchemy import Date, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json, Plain
from storage.tables.schema import column, metadata, of, workspace

milestone = Table(
    "milestone",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("name", String(16), "signed, contract, or the number of a lot: its go-live"),
    column("day", Date(), "the day, in the project's zone"),
    column("by", String(32), "Slack user who gave it; empty: the bot, from what is recorded"),
    column("at", Instant(), "when it was given, UTC"),
    PrimaryKeyConstraint("workspace", "project_id", "name"),
    of("project", "project_id"),
    comment="Days that the phases of a project hang on and nothing else tells (0.3).",
)

occasion = Table(
    "occasion",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("key", String(64), "of the occasion in the calendar (5.2): it stays when its day moves"),
    column("state", String(8), "sent, skipped or moved"),
    column(
        "day", Date(), "the day it was sent or is moved to, in the project's zone; null: none", empty=True
    ),
    column("by", String(32), "Slack user who changed it; empty: the bot, by the calendar"),
    column("at", Instant(), "when, UTC"),
    PrimaryKeyConstraint("workspace", "project_id", "key"),
    of("project", "project_id"),
    comment="What became of each occasion of the calendar; one without a row is as the calendar has it.",
)

checkin = Table(
    "checkin",
    metadata,
    workspace(),
    column("id", String(32), "random 128-bit id, hexadecimal"),
    column("project_id", String(32), "the project"),
    column("what", String(8), "id of the content: C03, C04, C06, C07, C09 or C10"),
    column("user", String(32), "Slack user who is asked"),
    column("occasion", String(64), "key of the occasion in the calendar"),
    column("day", Date(), "the day of the occasion, in the project's zone"),
    column("state", String(8), "open, answered, skipped or over"),
    column("answers", Json(), "by question, or question@record; null: none yet", empty=True),
    column("offered", Integer(), "C03: how many promises it asked about"),
    column("answered_at", Instant(), "when it was answered, UTC", empty=True),
    PrimaryKeyConstraint("workspace", "id"),
    of("project", "project_id"),
    Index("uq_checkin_occasion", "workspace", "project_id", "occasion", "user", unique=True),
    Index(None, "workspace", "user"),
    comment="Check-ins answered under one's name. Anonymous ones are waves, and are not here.",
)

pause = Table(
    "pause",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("since", Date(), "its first day, in the project's zone"),
    column("until", Date(), "the day on which everything goes on"),
    column("by", String(32), "Slack user who paused it"),
    column("at", Instant(), "when, UTC"),
    PrimaryKeyConstraint("workspace", "project_id"),
    of("project", "project_id"),
    comment="A project in which nothing is sent for a while. Its reason is not kept.",
)

reply = Table(
    "reply",
    metadata,
    workspace(),
    column("wave_id", String(32), "the closed wave that it answers"),
    column("text", Plain(), "what was said and done, in the words of whoever posted it"),
    column("by", String(32), "Slack user who posted it"),
    column("at", Instant(), "when, UTC"),
    PrimaryKeyConstraint("workspace", "wave_id"),
    of("wave", "wave_id"),
    comment="You said, we did: the answer to a wave, without which its check-in does not come again (5.2).",
)

lot_user = Table(
    "lot_user",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("lot", String(16), "number of the lot: LOT-1"),
    column("user", String(32), "Slack user who will work with it"),
    column("by", String(32), "Slack user who named them"),
    column("at", Instant(), "when, UTC"),
    PrimaryKeyConstraint("workspace", "project_id", "lot", "user"),
    of("project", "project_id"),
    Index(None, "workspace", "user"),
    comment="The people a lot is for, in the team or not; whoever leaves the list is asked nothing more.",
)
