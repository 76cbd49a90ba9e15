"""The log: a line for each record, by which it is searched; and the audit of who changed what.

Neither index of the texts is one that Alembic can describe: see storage/tables/logs.py, whose statements
stand here as they were.
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INDEX = {
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
    "postgresql": ("CREATE INDEX log_text ON log_entry USING gin (to_tsvector('simple'::regconfig, text))",),
}
RESTRICTED_TO = ("sponsor", "hr", "lead", "facilitator")


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result. What is recorded by then gets its
    line in the log; the audit begins with the first change after it."""
    op.create_table('audit',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('project_id', sa.String(length=32), nullable=False, comment='the project: one chain each'),
    sa.Column('n', sa.BigInteger(), nullable=False, comment='1, 2, 3 … in the chain, without a gap'),
    sa.Column('at', storage.columns.Instant(), nullable=False, comment='when it happened, UTC'),
    sa.Column('actor', sa.String(length=32), nullable=False, comment='keyed hash of who did it; empty: the bot, or nobody may know'),
    sa.Column('action', sa.String(length=32), nullable=False, comment='what was done: record.made, record.changed, file.taken …'),
    sa.Column('object', sa.String(length=64), nullable=False, comment='what it was done to: DEC-12'),
    sa.Column('data', storage.columns.Json(), nullable=False, comment='states and dates as they were and are; people and texts as keyed hashes'),
    sa.Column('mac', sa.String(length=64), nullable=False, comment='keyed hash of the link before and of this row'),
    sa.ForeignKeyConstraint(['workspace', 'project_id'], ['project.workspace', 'project.id'], name=op.f('fk_audit_project'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'project_id', 'n', name=op.f('pk_audit')),
    comment='Who changed what and when. Only ever added to; each row vouches for all before it.'
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index('ix_audit_object', ['workspace', 'project_id', 'object', 'n'], unique=False)

    op.create_table('audit_head',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('project_id', sa.String(length=32), nullable=False, comment='the project'),
    sa.Column('n', sa.BigInteger(), nullable=False, comment='the last link'),
    sa.Column('mac', sa.String(length=64), nullable=False, comment='its keyed hash'),
    sa.ForeignKeyConstraint(['workspace', 'project_id'], ['project.workspace', 'project.id'], name=op.f('fk_audit_head_project'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'project_id', name=op.f('pk_audit_head')),
    comment='Where the chain of each project ends; held while a link is added.'
    )
    op.create_table('log_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False, comment='grows with each record: the newest is first on a page, and a page begins after one'),
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('project_id', sa.String(length=32), nullable=False, comment='the project'),
    sa.Column('prefix', sa.String(length=8), nullable=False, comment='DEC, ISS, RSK … (0.1)'),
    sa.Column('number', sa.Integer(), nullable=False, comment="the record's number"),
    sa.Column('kind', sa.String(length=16), nullable=False, comment='decision, issue, risk … (RecordKind)'),
    sa.Column('status', sa.String(length=16), nullable=False, comment="the record's state"),
    sa.Column('owner', sa.String(length=32), nullable=True, comment='Slack user who sees to it'),
    sa.Column('family', sa.String(length=4), nullable=False, comment='1 to 4 (0.7); empty: none'),
    sa.Column('dialogue', sa.String(length=32), nullable=False, comment='run it comes from; empty: by hand'),
    sa.Column('question', sa.String(length=32), nullable=False, comment='question it comes from, without its case; empty: by hand'),
    sa.Column('respondent', sa.String(length=32), nullable=False, comment='whose answer it comes from; empty: shared or none'),
    sa.Column('unknown', sa.Boolean(), nullable=False, comment="only says what is to be found out: shows nobody's answer"),
    sa.Column('readers', sa.String(length=160), nullable=False, comment='empty: all of the project; else |role|role|, who alone may read it'),
    sa.Column('text', storage.columns.Plain(), nullable=False, comment='every word of the record once, folded (flows/register/finding.py)'),
    sa.ForeignKeyConstraint(['workspace', 'project_id'], ['project.workspace', 'project.id'], name=op.f('fk_log_entry_project'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_entry')),
    sa.UniqueConstraint('workspace', 'project_id', 'prefix', 'number', name=op.f('uq_log_entry_workspace_project_id_prefix_number')),
    comment='One line for each record, by which the log is filtered and searched.',
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('log_entry', schema=None) as batch_op:
        batch_op.create_index('ix_log_entry_kind', ['workspace', 'project_id', 'kind', 'id'], unique=False)
        batch_op.create_index('ix_log_entry_owner', ['workspace', 'project_id', 'owner', 'id'], unique=False)
        batch_op.create_index('ix_log_entry_project', ['workspace', 'project_id', 'id'], unique=False)
        batch_op.create_index('ix_log_entry_status', ['workspace', 'project_id', 'status', 'id'], unique=False)

    conn = op.get_bind()
    for statement in INDEX[conn.dialect.name]:
        conn.exec_driver_sql(statement)
    _fill(conn)


def _fill(conn: sa.Connection) -> None:
    """The line of each record there is, the oldest first."""
    names = (
        "workspace", "project_id", "prefix", "number", "kind", "title_en", "title_fr", "owner", "status",
        "restricted", "source_dialogue", "source_question", "source_respondent", "asked_by",
    )
    record = sa.table(
        "record", *(sa.column(name) for name in names), sa.column("created_at", storage.columns.Instant()),
        *(sa.column(name, storage.columns.Json()) for name in ("fields", "amended", "seen_by")),
    )
    entry = sa.table("log_entry", *(sa.column(name) for name in (
        "workspace", "project_id", "prefix", "number", "kind", "status", "owner", "family", "dialogue",
        "question", "respondent", "unknown", "readers", "text",
    )))
    order = (record.c.created_at, record.c.workspace, record.c.project_id, record.c.prefix, record.c.number)
    rows = conn.execute(sa.select(record).order_by(*order)).all()
    for start in range(0, len(rows), 1000):
        conn.execute(sa.insert(entry), [_line(row) for row in rows[start : start + 1000]])


def _line(row: sa.Row[tuple[object, ...]]) -> dict[str, object]:
    fields = dict(row.fields or {})
    for question in sorted(row.amended or {}):
        fields |= row.amended[question]
    said = [f"{row.prefix}-{row.number}", row.title_en, row.title_fr, *_texts(fields)]
    readers = "|" + "|".join(sorted(row.seen_by or RESTRICTED_TO)) + "|" if row.restricted else ""
    return {
        "workspace": row.workspace, "project_id": row.project_id, "prefix": row.prefix, "number": row.number,
        "kind": row.kind, "status": row.status, "owner": row.owner,
        "family": str(fields.get("family") or "")[:4], "dialogue": row.source_dialogue,
        "question": row.source_question.partition("@")[0], "respondent": row.source_respondent,
        "unknown": bool(row.asked_by), "readers": readers,
        "text": " ".join(dict.fromkeys(re.findall(r"[^\W_]+", _folded(" ".join(said)[:8000])))),
    }


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in _texts(one)]


def _folded(text: str) -> str:
    spelt = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
    plain = unicodedata.normalize("NFKD", text.casefold().translate(spelt))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    conn = op.get_bind()
    conn.exec_driver_sql("DROP TABLE log_text" if conn.dialect.name == "sqlite" else "DROP INDEX log_text")
    with op.batch_alter_table('log_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_log_entry_status')
        batch_op.drop_index('ix_log_entry_project')
        batch_op.drop_index('ix_log_entry_owner')
        batch_op.drop_index('ix_log_entry_kind')

    op.drop_table('log_entry')
    op.drop_table('audit_head')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_object')

    op.drop_table('audit')
