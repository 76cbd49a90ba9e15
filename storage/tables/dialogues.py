"""The tables of a dialogue: its runs, who takes part, what was answered. Holds no query."""

from sqlalchemy import Boolean, Date, Index, Integer, PrimaryKeyConstraint, String, Table, text

from storage.columns import Instant, Json
from storage.tables.schema import column, metadata, of, workspace

dialogue = Table(
    "dialogue",
    metadata,
    workspace(),
    column("id", String(32), "random 128-bit id, hexadecimal"),
    column("project_id", String(32), "the project"),
    column("flow", String(8), "id of the content: D01 to D15"),
    column("status", String(8), "open or closed"),
    column("opened_by", String(32), "Slack user who sent it"),
    column("opened_at", Instant(), "when it was sent, UTC"),
    column("closes_on", Date(), "last day to answer, in the project's zone; null: none", empty=True),
    column("closed_at", Instant(), "when it was closed, UTC", empty=True),
    column("closed_by", String(32), "Slack user who closed it; null: its date", empty=True),
    column("parts", Json(), "names of the later parts that have been sent, in order"),
    PrimaryKeyConstraint("workspace", "id"),
    of("project", "project_id"),
    Index(None, "workspace", "project_id"),
    Index(
        "uq_dialogue_open",
        "workspace",
        "project_id",
        "flow",
        unique=True,
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
    comment="One run of a flow in a project. Where it stands is derived from its answers.",
)

participation = Table(
    "participation",
    metadata,
    workspace(),
    column("dialogue_id", String(32), "the dialogue"),
    column("user", String(32), "Slack user who was invited or has answered"),
    column("invited_at", Instant(), "when the invitation was queued, UTC", empty=True),
    column("invited_by", String(32), "Slack user who invited", empty=True),
    column("started_at", Instant(), "first answer, UTC", empty=True),
    column("done_at", Instant(), "when the person said they were done, UTC", empty=True),
    column("later_at", Instant(), "when the person last asked to be reminded, UTC", empty=True),
    PrimaryKeyConstraint("workspace", "dialogue_id", "user"),
    of("dialogue", "dialogue_id"),
    Index(None, "workspace", "user"),
    comment="Who takes part in a dialogue. Named dialogues only: nothing here is anonymous.",
)

answer = Table(
    "answer",
    metadata,
    workspace(),
    column("dialogue_id", String(32), "the dialogue"),
    column("question", String(32), "id of the question in the content; NEE03@REQ-4: about a record"),
    column("respondent", String(32), "Slack user id; empty for a shared question"),
    column("version", Integer(), "1, 2, 3 … without holes; the current one"),
    column("author", String(32), "Slack user who wrote it"),
    column("value", Json(), "the answer; null for an exit or an emptied field", empty=True),
    column("exit", String(8), "unknown, outside or later, instead of an answer", empty=True),
    column("at", Instant(), "when it was accepted, UTC"),
    column("shared", Boolean(), "the question is one form: under a name stands only that person's exit"),
    column("compared", Boolean(), "the core needs everybody's answer to this question"),
    column("restricted", Boolean(), "shown only to the roles of seen_by (0.6)"),
    column("seen_by", Json(), "roles that may read it, as promised when it was given", empty=True),
    PrimaryKeyConstraint("workspace", "dialogue_id", "question", "respondent"),
    of("dialogue", "dialogue_id"),
    Index(None, "workspace", "dialogue_id", "respondent"),
    Index(None, "workspace", "dialogue_id", "compared"),
    comment="The current answer of each question and respondent.",
)

answer_past = Table(
    "answer_past",
    metadata,
    workspace(),
    column("dialogue_id", String(32), "the dialogue"),
    column("question", String(32), "id of the question in the content; NEE03@REQ-4: about a record"),
    column("respondent", String(32), "Slack user id; empty for a shared question"),
    column("version", Integer(), "the version it had, or would have replaced"),
    column("author", String(32), "Slack user who wrote it"),
    column("fate", String(8), "replaced: was current once; refused: lost to a colleague's answer"),
    column("value", Json(), "the answer", empty=True),
    column("exit", String(8), "the exit, instead of an answer", empty=True),
    column("at", Instant(), "when it was accepted, or refused, UTC"),
    column("restricted", Boolean(), "as in answer"),
    column("seen_by", Json(), "as in answer", empty=True),
    PrimaryKeyConstraint("workspace", "dialogue_id", "question", "respondent", "version", "author", "fate"),
    of("dialogue", "dialogue_id"),
    comment="What answers said before, and both texts of a conflict. Never changed.",
)
