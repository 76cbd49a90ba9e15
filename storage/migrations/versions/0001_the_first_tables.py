"""The first tables."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.schema.CreateSequence(sa.Sequence("outbox_place")))
    op.create_table(
        "card",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column(
            "kind",
            sa.String(length=32),
            nullable=False,
            comment="what the card shows: dialogue, invitation, leader …",
        ),
        sa.Column("object_id", sa.String(length=64), nullable=False, comment="id of what it shows"),
        sa.Column(
            "audience",
            sa.String(length=32),
            nullable=False,
            comment="user or channel it was made for; empty: the project channel",
        ),
        sa.Column("channel", sa.String(length=32), nullable=False, comment="Slack channel of the message"),
        sa.Column("ts", sa.String(length=32), nullable=False, comment="Slack timestamp of the message"),
        sa.PrimaryKeyConstraint("workspace", "kind", "object_id", "audience", name=op.f("pk_card")),
        comment="Where each card stands in Slack, so that it is updated and not posted again.",
    )
    op.create_table(
        "gate",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column(
            "op",
            sa.String(length=64),
            nullable=False,
            comment="operation of the outbox; * for all of the workspace",
        ),
        sa.Column(
            "closed_until",
            storage.columns.Instant(),
            nullable=True,
            comment="when it opens again, UTC; null: when somebody resumes it",
        ),
        sa.Column(
            "reason",
            sa.String(length=64),
            nullable=False,
            comment="the method that was throttled, or why the workspace is paused",
        ),
        sa.PrimaryKeyConstraint("workspace", "op", name=op.f("pk_gate")),
        comment="What Slack has asked us to hold back, shared by all replicas.",
    )
    op.create_table(
        "inbox",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column(
            "key",
            sa.String(length=160),
            nullable=False,
            comment="identity of the delivery: ev:…, form:…, cmd:…",
        ),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="event, form, command …"),
        sa.Column("at", storage.columns.Instant(), nullable=False, comment="when it was first taken, UTC"),
        sa.Column(
            "result", storage.columns.Json(), nullable=True, comment="the answer a repeated form gets again"
        ),
        sa.PrimaryKeyConstraint("workspace", "key", name=op.f("pk_inbox")),
        comment="What has been taken already, for 7 days. Holds no payload.",
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_at"), ["at"], unique=False)

    op.create_table(
        "lane",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("lane", sa.String(length=64), nullable=False, comment="as in outbox"),
        sa.Column(
            "free_at",
            storage.columns.Instant(),
            nullable=False,
            comment="earliest next message in this lane, UTC",
        ),
        sa.PrimaryKeyConstraint("workspace", "lane", name=op.f("pk_lane")),
        comment="Pacing: about one message a second in each lane.",
    )
    op.create_table(
        "mark",
        sa.Column("name", sa.String(length=32), nullable=False, comment="what is remembered: restored_at …"),
        sa.Column("at", storage.columns.Instant(), nullable=False, comment="the moment, UTC"),
        sa.CheckConstraint("name <> ''", name=op.f("ck_mark_named")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mark")),
        comment="Moments of the whole installation. Belongs to no workspace.",
    )
    op.create_table(
        "memo",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column(
            "user",
            sa.String(length=32),
            nullable=False,
            comment="Slack user it is about; empty: nobody in particular",
        ),
        sa.Column(
            "name",
            sa.String(length=96),
            nullable=False,
            comment="what it is: project, quiet:<project>, nudged:<dialogue> …",
        ),
        sa.Column(
            "value",
            storage.columns.Json(),
            nullable=False,
            comment="the choice or the moment; never an answer",
        ),
        sa.PrimaryKeyConstraint("workspace", "user", "name", name=op.f("pk_memo")),
        comment="Small things the surfaces keep: a person's choices, when somebody was last nudged.",
    )
    op.create_table(
        "occurrence",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("schedule_id", sa.String(length=128), nullable=False, comment="the schedule"),
        sa.Column(
            "period", sa.String(length=32), nullable=False, comment="local date, hour or week it stands for"
        ),
        sa.Column("fired_at", storage.columns.Instant(), nullable=False, comment="when it was taken, UTC"),
        sa.Column("late", sa.Boolean(), nullable=False, comment="too late to be useful: skipped and counted"),
        sa.Column(
            "covered",
            storage.columns.Json(),
            nullable=False,
            comment="due times it stands for: first and last (ISO, UTC), and how many",
        ),
        sa.PrimaryKeyConstraint("workspace", "schedule_id", "period", name=op.f("pk_occurrence")),
        comment="At most one per schedule and local period, whatever the replicas.",
    )
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_occurrence_fired_at"), ["fired_at"], unique=False)

    op.create_table(
        "outbox",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
            comment="identity",
        ),
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column(
            "key",
            sa.String(length=160),
            nullable=False,
            comment="deterministic: what is queued twice is sent once",
        ),
        sa.Column(
            "lane",
            sa.String(length=64),
            nullable=False,
            comment="what is sent in order: a channel, a thread, a person",
        ),
        sa.Column("place", sa.BigInteger(), nullable=False, comment="order within the lane"),
        sa.Column("op", sa.String(length=8), nullable=False, comment="card, post, dm, home or file"),
        sa.Column(
            "ref", storage.columns.Json(), nullable=False, comment="what to render from: ids, never the text"
        ),
        sa.Column(
            "state",
            sa.String(length=12),
            nullable=False,
            comment="ready, ambiguous (look up first), sent, parked or superseded",
        ),
        sa.Column(
            "generation", sa.Integer(), nullable=False, comment="grows at each refresh that is asked for"
        ),
        sa.Column(
            "claimed_generation", sa.Integer(), nullable=False, comment="the generation being delivered"
        ),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="tries that count"),
        sa.Column("queued_at", storage.columns.Instant(), nullable=False, comment="when it was queued, UTC"),
        sa.Column("not_before", storage.columns.Instant(), nullable=False, comment="earliest next try, UTC"),
        sa.Column(
            "first_try", storage.columns.Instant(), nullable=True, comment="when it was first claimed, UTC"
        ),
        sa.Column("lease_by", sa.String(length=64), nullable=True, comment="worker that holds it"),
        sa.Column(
            "lease_until",
            storage.columns.Instant(),
            nullable=True,
            comment="end of the lease, by the database's clock, UTC",
        ),
        sa.Column(
            "done_at",
            storage.columns.Instant(),
            nullable=True,
            comment="when it was sent, parked or superseded, UTC",
        ),
        sa.Column("remote_id", sa.String(length=64), nullable=True, comment="timestamp or id Slack gave"),
        sa.Column("error", sa.Text(), nullable=True, comment="why the last try failed; never user text"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        comment="What is to be said to Slack, written with the change that caused it.",
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_done_at", ["done_at"], unique=False)
        batch_op.create_index(
            "ix_outbox_lane",
            ["workspace", "lane", "place"],
            unique=False,
            sqlite_where=sa.text("state IN ('ready', 'ambiguous')"),
            postgresql_where=sa.text("state IN ('ready', 'ambiguous')"),
        )
        batch_op.create_index(
            "ix_outbox_place",
            ["place"],
            unique=False,
            sqlite_where=sa.text("state IN ('ready', 'ambiguous')"),
            postgresql_where=sa.text("state IN ('ready', 'ambiguous')"),
        )
        batch_op.create_index("uq_outbox_key", ["workspace", "key"], unique=True)

    op.create_table(
        "person",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("user", sa.String(length=32), nullable=False, comment="Slack user id"),
        sa.Column(
            "name", storage.columns.Plain(), nullable=False, comment="display name, as Slack last gave it"
        ),
        sa.Column(
            "zone", sa.String(length=64), nullable=False, comment="IANA time zone from Slack; empty: unknown"
        ),
        sa.Column(
            "locale",
            sa.String(length=16),
            nullable=False,
            comment="Slack locale, such as fr-FR; empty: unknown",
        ),
        sa.Column(
            "language",
            sa.String(length=2),
            nullable=True,
            comment="language the person chose; null: as in Slack",
        ),
        sa.Column("is_bot", sa.Boolean(), nullable=False, comment="a bot or an app, which no role may name"),
        sa.Column("deleted", sa.Boolean(), nullable=False, comment="deactivated in Slack"),
        sa.Column(
            "stranger", sa.Boolean(), nullable=False, comment="belongs to another company (Slack Connect)"
        ),
        sa.Column(
            "guest",
            sa.Boolean(),
            nullable=False,
            comment="a guest of the workspace: may be named, starts no project",
        ),
        sa.Column(
            "away_until", sa.Date(), nullable=True, comment="last day of an absence the person announced"
        ),
        sa.Column(
            "fetched_at",
            storage.columns.Instant(),
            nullable=True,
            comment="when Slack was last asked, UTC; null: never",
        ),
        sa.PrimaryKeyConstraint("workspace", "user", name=op.f("pk_person")),
        comment="A cache of Slack profiles (24 hours), and what the person chose here.",
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(
            "ix_person_bots",
            ["workspace"],
            unique=False,
            sqlite_where=sa.text("is_bot = 1"),
            postgresql_where=sa.text("is_bot"),
        )

    op.create_table(
        "project",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("id", sa.String(length=32), nullable=False, comment="random 128-bit id, hexadecimal"),
        sa.Column(
            "channel", sa.String(length=32), nullable=False, comment="Slack channel the project lives in"
        ),
        sa.Column(
            "name", storage.columns.Plain(), nullable=False, comment="what people call the project (SET01)"
        ),
        sa.Column(
            "language",
            sa.String(length=2),
            nullable=False,
            comment="language of what is said in the channel: en or fr (SET20)",
        ),
        sa.Column("start", sa.Date(), nullable=True, comment="first day of the project (SET18)"),
        sa.Column(
            "zone",
            sa.String(length=64),
            nullable=False,
            comment="IANA time zone that dates and hours are meant in",
        ),
        sa.Column("phase", sa.String(length=2), nullable=False, comment="P0 to P6 (0.3)"),
        sa.Column("creator", sa.String(length=32), nullable=False, comment="Slack user who created it"),
        sa.Column(
            "created_at", storage.columns.Instant(), nullable=False, comment="when it was created, UTC"
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_project")),
        comment="One scoping project.",
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_project_workspace_channel"), ["workspace", "channel"], unique=False
        )

    op.create_table(
        "schedule",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column(
            "id",
            sa.String(length=128),
            nullable=False,
            comment="deterministic: what is planned twice is planned once",
        ),
        sa.Column("kind", sa.String(length=32), nullable=False, comment="names the handler"),
        sa.Column(
            "zone", sa.String(length=64), nullable=False, comment="IANA time zone the rule is meant in"
        ),
        sa.Column("rule", storage.columns.Json(), nullable=True, comment="recurrence; null: once"),
        sa.Column("data", storage.columns.Json(), nullable=False, comment="ids the handler needs"),
        sa.Column(
            "next_due", storage.columns.Instant(), nullable=True, comment="when it is due, UTC; null: no more"
        ),
        sa.Column(
            "held_until",
            storage.columns.Instant(),
            nullable=True,
            comment="not before this, UTC, after its handler failed",
        ),
        sa.Column(
            "fired_at",
            storage.columns.Instant(),
            nullable=True,
            comment="when an occurrence was last taken, UTC",
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="grows at each change"),
        sa.Column(
            "late_limit_s",
            sa.Integer(),
            nullable=False,
            comment="seconds after which a missed occurrence is skipped",
        ),
        sa.Column(
            "skipped", sa.Integer(), nullable=False, comment="occurrences skipped because they were too late"
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_schedule")),
        comment="What is due when.",
    )
    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.create_index("ix_schedule_next_due", ["next_due"], unique=False)

    op.create_table(
        "counter",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("prefix", sa.String(length=8), nullable=False, comment="DEC, ISS, RSK …"),
        sa.Column("last", sa.Integer(), nullable=False, comment="the last number given"),
        sa.ForeignKeyConstraint(
            ["workspace", "project_id"],
            ["project.workspace", "project.id"],
            name=op.f("fk_counter_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "project_id", "prefix", name=op.f("pk_counter")),
        comment="Numbers of records; a number is never used again.",
    )
    op.create_table(
        "dialogue",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("id", sa.String(length=32), nullable=False, comment="random 128-bit id, hexadecimal"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("flow", sa.String(length=8), nullable=False, comment="id of the content: D01 to D15"),
        sa.Column("status", sa.String(length=8), nullable=False, comment="open or closed"),
        sa.Column("opened_by", sa.String(length=32), nullable=False, comment="Slack user who sent it"),
        sa.Column("opened_at", storage.columns.Instant(), nullable=False, comment="when it was sent, UTC"),
        sa.Column(
            "closes_on",
            sa.Date(),
            nullable=True,
            comment="last day to answer, in the project's zone; null: none",
        ),
        sa.Column("closed_at", storage.columns.Instant(), nullable=True, comment="when it was closed, UTC"),
        sa.Column(
            "closed_by",
            sa.String(length=32),
            nullable=True,
            comment="Slack user who closed it; null: its date",
        ),
        sa.Column(
            "parts",
            storage.columns.Json(),
            nullable=False,
            comment="names of the later parts that have been sent, in order",
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "project_id"],
            ["project.workspace", "project.id"],
            name=op.f("fk_dialogue_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_dialogue")),
        comment="One run of a flow in a project. Where it stands is derived from its answers.",
    )
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.create_index(
            "ix_dialogue_closing",
            ["closes_on"],
            unique=False,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
        batch_op.create_index(
            "uq_dialogue_open",
            ["workspace", "project_id", "flow"],
            unique=True,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )

    op.create_table(
        "member",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("user", sa.String(length=32), nullable=False, comment="Slack user in the team"),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="order of the line in the team form, from 0"
        ),
        sa.Column(
            "function", sa.String(length=16), nullable=True, comment="marketing, sales, service, it … (0.2)"
        ),
        sa.Column(
            "daci", sa.String(length=16), nullable=True, comment="driver, approver, contributor or informed"
        ),
        sa.Column("hours", sa.Integer(), nullable=True, comment="hours a week"),
        sa.ForeignKeyConstraint(
            ["workspace", "project_id"],
            ["project.workspace", "project.id"],
            name=op.f("fk_member_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "project_id", "user", name=op.f("pk_member")),
        comment="The lines of the project team (SET13).",
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_workspace_user"), ["workspace", "user"], unique=False)

    op.create_table(
        "note",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("version", sa.Integer(), nullable=False, comment="1, 2, 3 … of its scoping note"),
        sa.Column("made_by", sa.String(length=32), nullable=False, comment="Slack user who asked for it"),
        sa.Column(
            "made_at",
            storage.columns.Instant(),
            nullable=False,
            comment="when, UTC: what has changed since is told in the next one",
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "project_id"],
            ["project.workspace", "project.id"],
            name=op.f("fk_note_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "project_id", "version", name=op.f("pk_note")),
        comment="Versions of the scoping note. The text is made from the answers of the moment.",
    )
    op.create_table(
        "record",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("prefix", sa.String(length=8), nullable=False, comment="DEC, ISS, RSK … (0.1)"),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="1, 2, 3 … per project and prefix; never given twice",
        ),
        sa.Column(
            "kind", sa.String(length=16), nullable=False, comment="decision, issue, risk … (RecordKind)"
        ),
        sa.Column("title_en", storage.columns.Plain(), nullable=False, comment="title in English"),
        sa.Column("title_fr", storage.columns.Plain(), nullable=False, comment="title in French"),
        sa.Column("owner", sa.String(length=32), nullable=True, comment="Slack user who sees to it"),
        sa.Column("due", sa.Date(), nullable=True, comment="when it should be done"),
        sa.Column(
            "status",
            sa.String(length=16),
            nullable=False,
            comment="by kind (0.7); withdrawn: its source no longer gives it",
        ),
        sa.Column(
            "given_status",
            sa.String(length=16),
            nullable=False,
            comment="the status its source last gave, to notice changes by hand",
        ),
        sa.Column(
            "restricted",
            sa.Boolean(),
            nullable=False,
            comment="shown only to sponsor, HR, lead and facilitator (0.6)",
        ),
        sa.Column("fields", storage.columns.Json(), nullable=False, comment="the fields of its kind (0.7)"),
        sa.Column(
            "source_dialogue",
            sa.String(length=32),
            nullable=False,
            comment="dialogue it comes from; empty: by hand",
        ),
        sa.Column(
            "source_question",
            sa.String(length=16),
            nullable=False,
            comment="question it comes from; empty: by hand",
        ),
        sa.Column(
            "source_respondent",
            sa.String(length=32),
            nullable=False,
            comment="respondent it comes from; empty: shared or none",
        ),
        sa.Column(
            "source_item",
            sa.String(length=128),
            nullable=False,
            comment="tells apart the records of one source",
        ),
        sa.Column(
            "asked_by", sa.Integer(), nullable=False, comment="how many answered 'I don't know'; never who"
        ),
        sa.Column(
            "created_at", storage.columns.Instant(), nullable=False, comment="when it was first recorded, UTC"
        ),
        sa.Column(
            "changed_at", storage.columns.Instant(), nullable=False, comment="when it last changed, UTC"
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "project_id"],
            ["project.workspace", "project.id"],
            name=op.f("fk_record_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "project_id", "prefix", "number", name=op.f("pk_record")),
        comment="What is quoted by number: decisions, issues, risks, goals … Never deleted.",
    )
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.create_index(
            "ix_record_source",
            ["workspace", "source_dialogue", "source_question", "source_respondent"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_record_workspace_owner"), ["workspace", "owner"], unique=False)

    op.create_table(
        "role",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column(
            "role",
            sa.String(length=16),
            nullable=False,
            comment="sponsor, arbiter, lead, facilitator, expert or coach (0.2)",
        ),
        sa.Column("user", sa.String(length=32), nullable=False, comment="Slack user who holds it"),
        sa.ForeignKeyConstraint(
            ["workspace", "project_id"],
            ["project.workspace", "project.id"],
            name=op.f("fk_role_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "project_id", "role", name=op.f("pk_role")),
        comment="The single roles of a project; an absent row is a role nobody holds.",
    )
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_workspace_user"), ["workspace", "user"], unique=False)

    op.create_table(
        "answer",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("dialogue_id", sa.String(length=32), nullable=False, comment="the dialogue"),
        sa.Column(
            "question", sa.String(length=16), nullable=False, comment="id of the question in the content"
        ),
        sa.Column(
            "respondent",
            sa.String(length=32),
            nullable=False,
            comment="Slack user id; empty for a shared question",
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="1, 2, 3 … without holes; the current one"
        ),
        sa.Column("author", sa.String(length=32), nullable=False, comment="Slack user who wrote it"),
        sa.Column(
            "value",
            storage.columns.Json(),
            nullable=True,
            comment="the answer; null for an exit or an emptied field",
        ),
        sa.Column(
            "exit",
            sa.String(length=8),
            nullable=True,
            comment="unknown, outside or later, instead of an answer",
        ),
        sa.Column("at", storage.columns.Instant(), nullable=False, comment="when it was accepted, UTC"),
        sa.Column(
            "shared",
            sa.Boolean(),
            nullable=False,
            comment="the question is one form: under a name stands only that person's exit",
        ),
        sa.Column(
            "compared",
            sa.Boolean(),
            nullable=False,
            comment="the core needs everybody's answer to this question",
        ),
        sa.Column(
            "restricted", sa.Boolean(), nullable=False, comment="shown only to the roles of seen_by (0.6)"
        ),
        sa.Column(
            "seen_by",
            storage.columns.Json(),
            nullable=True,
            comment="roles that may read it, as promised when it was given",
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "dialogue_id"],
            ["dialogue.workspace", "dialogue.id"],
            name=op.f("fk_answer_dialogue"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "dialogue_id", "question", "respondent", name=op.f("pk_answer")),
        comment="The current answer of each question and respondent.",
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_workspace_dialogue_id_compared"),
            ["workspace", "dialogue_id", "compared"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_answer_workspace_dialogue_id_respondent"),
            ["workspace", "dialogue_id", "respondent"],
            unique=False,
        )

    op.create_table(
        "answer_past",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("dialogue_id", sa.String(length=32), nullable=False, comment="the dialogue"),
        sa.Column(
            "question", sa.String(length=16), nullable=False, comment="id of the question in the content"
        ),
        sa.Column(
            "respondent",
            sa.String(length=32),
            nullable=False,
            comment="Slack user id; empty for a shared question",
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="the version it had, or would have replaced"
        ),
        sa.Column("author", sa.String(length=32), nullable=False, comment="Slack user who wrote it"),
        sa.Column(
            "fate",
            sa.String(length=8),
            nullable=False,
            comment="replaced: was current once; refused: lost to a colleague's answer",
        ),
        sa.Column("value", storage.columns.Json(), nullable=True, comment="the answer"),
        sa.Column("exit", sa.String(length=8), nullable=True, comment="the exit, instead of an answer"),
        sa.Column(
            "at", storage.columns.Instant(), nullable=False, comment="when it was accepted, or refused, UTC"
        ),
        sa.Column("restricted", sa.Boolean(), nullable=False, comment="as in answer"),
        sa.Column("seen_by", storage.columns.Json(), nullable=True, comment="as in answer"),
        sa.ForeignKeyConstraint(
            ["workspace", "dialogue_id"],
            ["dialogue.workspace", "dialogue.id"],
            name=op.f("fk_answer_past_dialogue"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "workspace",
            "dialogue_id",
            "question",
            "respondent",
            "version",
            "author",
            "fate",
            name=op.f("pk_answer_past"),
        ),
        comment="What answers said before, and both texts of a conflict. Never changed.",
    )
    op.create_table(
        "participation",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("dialogue_id", sa.String(length=32), nullable=False, comment="the dialogue"),
        sa.Column(
            "user", sa.String(length=32), nullable=False, comment="Slack user who was invited or has answered"
        ),
        sa.Column(
            "invited_at",
            storage.columns.Instant(),
            nullable=True,
            comment="when the invitation was queued, UTC",
        ),
        sa.Column("invited_by", sa.String(length=32), nullable=True, comment="Slack user who invited"),
        sa.Column("started_at", storage.columns.Instant(), nullable=True, comment="first answer, UTC"),
        sa.Column(
            "done_at",
            storage.columns.Instant(),
            nullable=True,
            comment="when the person said they were done, UTC",
        ),
        sa.Column(
            "later_at",
            storage.columns.Instant(),
            nullable=True,
            comment="when the person last asked to be reminded, UTC",
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "dialogue_id"],
            ["dialogue.workspace", "dialogue.id"],
            name=op.f("fk_participation_dialogue"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "dialogue_id", "user", name=op.f("pk_participation")),
        comment="Who takes part in a dialogue. Named dialogues only: nothing here is anonymous.",
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participation_workspace_user"), ["workspace", "user"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participation_workspace_user"))

    op.drop_table("participation")
    op.drop_table("answer_past")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_workspace_dialogue_id_respondent"))
        batch_op.drop_index(batch_op.f("ix_answer_workspace_dialogue_id_compared"))

    op.drop_table("answer")
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_workspace_user"))

    op.drop_table("role")
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_workspace_owner"))
        batch_op.drop_index("ix_record_source")

    op.drop_table("record")
    op.drop_table("note")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_workspace_user"))

    op.drop_table("member")
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_dialogue_open",
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
        batch_op.drop_index(
            "ix_dialogue_closing",
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )

    op.drop_table("dialogue")
    op.drop_table("counter")
    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.drop_index("ix_schedule_next_due")

    op.drop_table("schedule")
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_workspace_channel"))

    op.drop_table("project")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_person_bots", sqlite_where=sa.text("is_bot = 1"), postgresql_where=sa.text("is_bot")
        )

    op.drop_table("person")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("uq_outbox_key")
        batch_op.drop_index(
            "ix_outbox_place",
            sqlite_where=sa.text("state IN ('ready', 'ambiguous')"),
            postgresql_where=sa.text("state IN ('ready', 'ambiguous')"),
        )
        batch_op.drop_index(
            "ix_outbox_lane",
            sqlite_where=sa.text("state IN ('ready', 'ambiguous')"),
            postgresql_where=sa.text("state IN ('ready', 'ambiguous')"),
        )
        batch_op.drop_index("ix_outbox_done_at")

    op.drop_table("outbox")
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_occurrence_fired_at"))

    op.drop_table("occurrence")
    op.drop_table("memo")
    op.drop_table("mark")
    op.drop_table("lane")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_at"))

    op.drop_table("inbox")
    op.drop_table("gate")
    op.drop_table("card")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.schema.DropSequence(sa.Sequence("outbox_place")))
