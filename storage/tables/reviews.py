"""The tables of a version of the note in review: remarks, votes and signatures. Holds no query."""

from sqlalchemy import Boolean, Integer, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json, Plain
from storage.tables.schema import column, metadata, of, workspace

review = Table(
    "review",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("version", Integer(), "of its scoping note (DOC1)"),
    column("fingerprint", String(64), "SHA-256 of what that version says: what is signed"),
    column("sponsor", String(32), "Slack user whose signature freezes it"),
    column("signers", Json(), "Slack users who are asked to sign, the sponsor among them"),
    column("state", String(12), "review, signed, back or replaced"),
    column("opened_by", String(32), "Slack user who sent it round"),
    column("opened_at", Instant(), "when it was sent round, UTC"),
    column("tally", Json(), "how the vote on it was spread, without names; null: not counted", empty=True),
    column("alike", Integer(), "percentage of readings that agreed when the sponsor signed", empty=True),
    PrimaryKeyConstraint("workspace", "project_id", "version"),
    of("project", "project_id"),
    comment="Versions of the note that were sent round. Never deleted.",
)

remark = Table(
    "remark",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("version", Integer(), "of the note it is about"),
    column("id", String(32), "random 128-bit id, hexadecimal"),
    column("section", String(8), "N01 … N25"),
    column("author", String(32), "Slack user who made it"),
    column("kind", String(12), "change, reservation or question"),
    column("words", Plain(), "in their own words"),
    column("made_at", Instant(), "when, UTC"),
    column("state", String(12), "open, accepted or answered"),
    column("reply", Plain(), "what becomes of it, in the words of whoever runs the project"),
    column("issue", String(16), "the open point it became, such as ISS-7; empty: none"),
    PrimaryKeyConstraint("workspace", "project_id", "version", "id"),
    of("project", "project_id"),
    comment="Remarks on a section of the note (RTE10), under their author's name.",
)

signature = Table(
    "signature",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("version", Integer(), "of the note that is signed"),
    column("user", String(32), "Slack user who signs"),
    column("role", String(16), "in what role, as the note prints it"),
    column("choice", String(12), "carry, approve, conditions or back (RTE13)"),
    column("words", Plain(), "the conditions, or why it goes back"),
    column("override", Plain(), "why it is signed against the verdict (3.6)"),
    column("fingerprint", String(64), "of what was signed"),
    column("signed_at", Instant(), "when, UTC"),
    PrimaryKeyConstraint("workspace", "project_id", "version", "user"),
    of("project", "project_id"),
    comment="Signatures of a version of the note. Taken back by deleting one, until the sponsor has signed.",
)

review_vote = Table(
    "review_vote",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("version", Integer(), "of the note that is voted on"),
    column("user", String(32), "Slack user who votes"),
    column("points", Integer(), "0 to 5 (RTE11)"),
    column("words", Plain(), "what would bring them to 3; empty: nothing said"),
    column("signed", Boolean(), "they want their name beside their words"),
    PrimaryKeyConstraint("workspace", "project_id", "version", "user"),
    of("project", "project_id"),
    comment="Votes on a version of the note until they are counted: then only the tally remains.",
)
