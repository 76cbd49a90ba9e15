"""The tables of what is put to the arbiter, and of the words of each side. Holds no query."""

from sqlalchemy import Boolean, Date, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json, Plain
from storage.tables.schema import column, metadata, of, workspace

arbitration = Table(
    "arbitration",
    metadata,
    workspace(),
    column("id", String(32), "random 128-bit id, hexadecimal"),
    column("project_id", String(32), "the project"),
    column("number", Integer(), "of its trade-off in the register (TRD)"),
    column(
        "subject", String(32), "what is contested: ISS-4, DEC-3, ARB05, OBJ08; empty: stands nowhere else"
    ),
    column("title_en", Plain(), "the question, in English"),
    column("title_fr", Plain(), "the question, in French"),
    column("why", Plain(), "why it matters"),
    column("consequence", Plain(), "what happens if nobody decides"),
    column("functions", Json(), "departments it concerns"),
    column("people", Json(), "Slack users whose pay or post it touches"),
    column("options", Json(), "options that no side defends in words"),
    column("state", String(12), "gathering, waiting, decided or withdrawn"),
    column("seat", String(12), "arbiter, sponsor, committee or delegate: in what capacity it is settled"),
    column("arbiter", String(32), "Slack user who settles it, or records what the committee decides"),
    column("delegated_by", String(32), "Slack user who passed it to a delegate; empty: nobody"),
    column("out", Json(), "Slack users who have said they are a party"),
    column("asked_by", String(32), "Slack user who brought it"),
    column("asked_at", Instant(), "when it was brought, UTC"),
    column("sent_on", Date(), "the day it went to the arbiter, in the project's zone", empty=True),
    column("due", Date(), "by when it is to be decided", empty=True),
    column("reminded", Integer(), "0: not yet; 1: before the day; 2: past it, sponsor told"),
    column("restricted", Boolean(), "shown only to the parties, the arbiter and the roles of seen_by"),
    column("seen_by", Json(), "roles that read it where it is restricted; null: the usual ones", empty=True),
    column("trail", Json(), "what happened on the way: passed on, delegated, something is missing"),
    column("outcome", Json(), "what was decided, with reason and loss; null: nothing yet", empty=True),
    column("decided_at", Instant(), "when it was decided, UTC; null: not yet", empty=True),
    PrimaryKeyConstraint("workspace", "id"),
    of("project", "project_id"),
    Index(None, "workspace", "project_id", "state"),
    Index(None, "workspace", "arbiter"),
    comment="Points put to the arbiter, and what came of them. Never deleted.",
)

arbitration_position = Table(
    "arbitration_position",
    metadata,
    workspace(),
    column("arbitration_id", String(32), "the case"),
    column("place", Integer(), "1, 2, 3 … in the order in which they were named"),
    column("author", String(32), "Slack user whose words these are"),
    column("state", String(12), "asked, said or declined"),
    column("proposal", Plain(), "what they propose, in a few words"),
    column("words", Plain(), "why, in their own words"),
    column("option", String(16), "the option of the case they want"),
    column("said_at", Instant(), "when they said it, UTC; null: not yet", empty=True),
    PrimaryKeyConstraint("workspace", "arbitration_id", "author"),
    of("arbitration", "arbitration_id"),
    Index(None, "workspace", "author"),
    comment="The sides of a case, each in its author's own words.",
)
