"""The tables of small wins and initiatives. Holds no query, and no figure of anybody."""

from sqlalchemy import Boolean, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json, Plain
from storage.tables.schema import column, metadata, of, workspace

win = Table(
    "win",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("number", Integer(), "1, 2, 3 … per project: WIN-20"),
    column("type", String(8), "WN01 to WN34 (noticed) or WM1 to WM5 (told)"),
    column("said_en", Plain(), "as it is read in English; of a told one: the line as it was typed"),
    column("said_fr", Plain(), "as it is read in French"),
    column("told", String(8), "team or sponsor: to whom it is said"),
    column("state", String(12), "asking, waiting, posted, told, hidden, withdrawn or dropped"),
    column("functions", Json(), "departments whose step it is; empty: the whole team's"),
    column("people", Json(), "whom it would name: [Slack user, asked or yes or no]; empty: nobody"),
    column("author", String(32), "Slack user who told it; empty: the bot, or forgotten"),
    column("ref", String(24), "the record it is seen in: ISS-7; empty: none"),
    column("found_at", Instant(), "when it was noticed or told, UTC"),
    column("channel", String(32), "Slack channel it was posted in; empty: not posted"),
    column("posted_at", Instant(), "when it was given to the channel, UTC; null: not yet", empty=True),
    column("round_up", String(8), "the week whose round-up says it: 2026-W07; null: none yet", empty=True),
    column("revoked", Boolean(), "what it says no longer holds: left out of documents"),
    column(
        "thanks",
        Plain(),
        "the sponsor's own words; empty: said in person; null: nothing yet",
        empty=True,
    ),
    PrimaryKeyConstraint("workspace", "project_id", "number"),
    of("project", "project_id"),
    Index(None, "workspace", "project_id", "state"),
    Index(None, "workspace", "channel", "posted_at"),
    comment="Small wins, noticed or told. Never counted by person, and never deleted.",
)

win_key = Table(
    "win_key",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("key", String(80), "what can be a win once, for ever: its detector and what it is about"),
    column("at", Instant(), "when it was taken, UTC"),
    PrimaryKeyConstraint("workspace", "project_id", "key"),
    of("project", "project_id"),
    comment="Keys of wins that have been noticed, and what an earlier look has noted for a later one.",
)

initiative = Table(
    "initiative",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("number", Integer(), "1, 2, 3 … per project: INI-4"),
    column("statement", Plain(), "one line, in the words of its author"),
    column("author", String(32), "Slack user, so that they can be answered; empty: forgotten"),
    column("named", Boolean(), "the author wishes to be named; else it is a team's"),
    column("function", String(16), "department of the author; empty: not known"),
    column("help", Json(), "what would help: time, access, pair, decision"),
    column("status", String(12), "proposed, tried, kept, shared, set_aside or withdrawn"),
    column("answer", Plain(), "what facilitator or lead replied; empty: nothing yet"),
    column("answered_by", String(32), "Slack user who replied; empty: nobody"),
    column("taken_up", Json(), "departments that do it too; never who"),
    column("made_at", Instant(), "when it was told, UTC"),
    PrimaryKeyConstraint("workspace", "project_id", "number"),
    of("project", "project_id"),
    Index(None, "workspace", "author"),
    comment="What people try to make the project their own (INI).",
)
