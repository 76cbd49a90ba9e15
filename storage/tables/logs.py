"""The table of the log: one line for each record, by which it is filtered and searched. Holds no query.

The text of the lines is indexed by FTS5 on SQLite, and on PostgreSQL by a GIN index over a vector that is
kept with the line. Neither is something SQLAlchemy describes, so both are made here and in the migrations by
the same statements.
"""

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    event,
)

from storage.columns import Plain
from storage.tables.schema import column, metadata, of, workspace

log_entry = Table(
    "log_entry",
    metadata,
    Column(
        "id",
        BigInteger().with_variant(Integer(), "sqlite"),
        primary_key=True,
        autoincrement=True,
        comment="grows with each record: the newest is first on a page, and a page begins after one",
    ),
    workspace(),
    column("project_id", String(32), "the project"),
    column("prefix", String(8), "DEC, ISS, RSK … (0.1)"),
    column("number", Integer(), "the record's number"),
    column("kind", String(16), "decision, issue, risk … (RecordKind)"),
    column("status", String(16), "the record's state"),
    column("owner", String(32), "Slack user who sees to it", empty=True),
    column("family", String(4), "1 to 4 (0.7); empty: none"),
    column("dialogue", String(32), "run it comes from; empty: by hand"),
    column("question", String(32), "question it comes from, without its case; empty: by hand"),
    column("respondent", String(32), "whose answer it comes from; empty: shared or none"),
    column("unknown", Boolean(), "only says what is to be found out: shows nobody's answer"),
    column("readers", String(160), "empty: all of the project; else |role|role|, who alone may read it"),
    column("text", Plain(), "every word of the record once, folded (flows/register/finding.py)"),
    UniqueConstraint("workspace", "project_id", "prefix", "number"),
    of("project", "project_id"),
    Index("ix_log_entry_project", "workspace", "project_id", "id"),
    Index("ix_log_entry_kind", "workspace", "project_id", "kind", "id"),
    Index("ix_log_entry_owner", "workspace", "project_id", "owner", "id"),
    Index("ix_log_entry_status", "workspace", "project_id", "status", "id"),
    sqlite_autoincrement=True,
    comment="One line for each record, by which the log is filtered and searched.",
)

#: What indexes the text, by dialect; every name begins with TEXT_INDEX.
TEXT_INDEX = "log_text"
MAKE_TEXT_INDEX: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "CREATE VIRTUAL TABLE log_text USING fts5(text, content='log_entry', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 0')",
        "CREATE TRIGGER log_text_new AFTER INSERT ON log_entry BEGIN "
        "INSERT INTO log_text(rowid, text) VALUES (new.id, new.text); END",
        "CREATE TRIGGER log_text_gone AFTER DELETE ON log_entry BEGIN "
        "INSERT INTO log_text(log_text, rowid, text) VALUES ('delete', old.id, old.text); END",
        "CREATE TRIGGER log_text_changed AFTER UPDATE OF text ON log_entry WHEN old.text <> new.text BEGIN "
        "INSERT INTO log_text(log_text, rowid, text) VALUES ('delete', old.id, old.text); "
        "INSERT INTO log_text(rowid, text) VALUES (new.id, new.text); END",
    ),
    "postgresql": (
        # the project is a word of its own, which no folded word is: what other projects say is not looked at
        "ALTER TABLE log_entry ADD COLUMN log_text_vector tsvector GENERATED ALWAYS AS "
        "(to_tsvector('simple'::regconfig, text) || array_to_tsvector(ARRAY['_' || project_id])) STORED",
        # without a list of what is still to be indexed, which every search would read from end to end
        "CREATE INDEX log_text ON log_entry USING gin (log_text_vector) WITH (fastupdate = off)",
    ),
}
for _dialect, _statements in MAKE_TEXT_INDEX.items():
    for _statement in _statements:
        _made = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(log_entry, "after_create", _made.execute_if(dialect=_dialect))
