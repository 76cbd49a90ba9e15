"""The tables of what is quoted by number, and of the numbers given. Holds no query."""

from sqlalchemy import Boolean, Date, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json, Plain
from storage.tables.schema import column, metadata, of, workspace

record = Table(
    "record",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("prefix", String(8), "DEC, ISS, RSK … (0.1)"),
    column("number", Integer(), "1, 2, 3 … per project and prefix; never given twice"),
    column("kind", String(16), "decision, issue, risk … (RecordKind)"),
    column("title_en", Plain(), "title in English"),
    column("title_fr", Plain(), "title in French"),
    column("owner", String(32), "Slack user who sees to it", empty=True),
    column("due", Date(), "when it should be done", empty=True),
    column("status", String(16), "by kind (0.7); withdrawn: its source no longer gives it"),
    column("given_status", String(16), "the status its source last gave, to notice changes by hand"),
    column("restricted", Boolean(), "shown only to sponsor, HR, lead and facilitator (0.6)"),
    column("seen_by", Json(), "roles that read it where it is restricted; null: the usual ones", empty=True),
    column("fields", Json(), "the fields of its kind (0.7)"),
    column(
        "amended",
        Json(),
        "by question: fields that it adds to what the source of the record gives",
        empty=True,
    ),
    column("source_dialogue", String(32), "dialogue it comes from; empty: by hand"),
    column("source_question", String(32), "question it comes from; empty: by hand"),
    column("source_respondent", String(32), "respondent it comes from; empty: shared or none"),
    column("source_item", String(128), "tells apart the records of one source"),
    column("asked_by", Integer(), "how many answered 'I don't know'; never who"),
    column("created_at", Instant(), "when it was first recorded, UTC"),
    column("changed_at", Instant(), "when it last changed, UTC"),
    PrimaryKeyConstraint("workspace", "project_id", "prefix", "number"),
    of("project", "project_id"),
    Index("ix_record_source", "workspace", "source_dialogue", "source_question", "source_respondent"),
    Index(None, "workspace", "owner"),
    comment="What is quoted by number: decisions, issues, risks, goals … Never deleted.",
)

record_change = Table(
    "record_change",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("prefix", String(8), "of the record"),
    column("number", Integer(), "of the record"),
    column("n", Integer(), "1, 2, 3 … for each record, in the order it changed"),
    column("at", Instant(), "when, UTC"),
    column("by", String(32), "Slack user who did it; empty: the bot, following an answer"),
    column("move", String(16), "recorded, edited, accept, reject, resolve … (flows.register.moves)"),
    column("before", String(16), "status before; empty: it was new"),
    column("after", String(16), "status from then on"),
    column("reason", Plain(), "why, in the words of whoever did it", empty=True),
    column("changed", Json(), "fields that changed, each as [before, after]", empty=True),
    PrimaryKeyConstraint("workspace", "project_id", "prefix", "number", "n"),
    of("project", "project_id"),
    comment="What happened to each record, by hand. Only added to.",
)

record_link = Table(
    "record_link",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("prefix", String(8), "of the record that points"),
    column("number", Integer(), "of the record that points"),
    column("link", String(16), "supersedes, serves or settles"),
    column("to_prefix", String(8), "of the record it points to"),
    column("to_number", Integer(), "of the record it points to"),
    PrimaryKeyConstraint("workspace", "project_id", "prefix", "number", "link", "to_prefix", "to_number"),
    of("project", "project_id"),
    Index("ix_record_link_to", "workspace", "project_id", "to_prefix", "to_number"),
    comment="What points to what, among the records of one project; read both ways.",
)

record_source = Table(
    "record_source",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("prefix", String(8), "of the record"),
    column("number", Integer(), "of the record"),
    column("channel", String(32), "Slack channel of the message it was made from"),
    column("ts", String(32), "the message in it"),
    column("thread_ts", String(32), "the thread the message stands in; empty: none"),
    column("author", String(32), "Slack user or bot who wrote it; empty: unknown"),
    column("permalink", Plain(), "address of the message; null: Slack did not give it", empty=True),
    column("text", Plain(), "the words as they were; null: a private conversation, not copied", empty=True),
    column("state", String(8), "there, edited or deleted, as Slack has told since"),
    column("changed_at", Instant(), "when it was edited or deleted, UTC", empty=True),
    PrimaryKeyConstraint("workspace", "project_id", "prefix", "number"),
    of("project", "project_id"),
    Index("ix_record_source_message", "workspace", "channel", "ts"),
    comment="The Slack message a record was made from, and what became of it.",
)

counter = Table(
    "counter",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("prefix", String(8), "DEC, ISS, RSK …"),
    column("last", Integer(), "the last number given"),
    PrimaryKeyConstraint("workspace", "project_id", "prefix"),
    of("project", "project_id"),
    comment="Numbers of records; a number is never used again.",
)
