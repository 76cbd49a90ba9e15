"""Amended records, questions about a record, diagnoses, the plan as edited, delegations."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

QUESTION = "id of the question in the content"


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    _widen(16, 32, QUESTION, f"{QUESTION}; NEE03@REQ-4: about a record")
    op.add_column(
        "record",
        sa.Column(
            "amended",
            storage.columns.Json(),
            nullable=True,
            comment="by question: fields that it adds to what the source of the record gives",
        ),
    )
    op.add_column(
        "project",
        sa.Column(
            "currency",
            storage.columns.Plain(),
            nullable=True,
            comment="what its budgets are counted in; null: euros",
        ),
    )
    op.create_index(op.f("ix_dialogue_workspace_project_id"), "dialogue", ["workspace", "project_id"])
    op.drop_index("ix_dialogue_closing", "dialogue")  # nothing has read it: closing is planned by schedule
    op.create_table('diagnosis',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('project_id', sa.String(length=32), nullable=False, comment='the project'),
    sa.Column('number', sa.Integer(), nullable=False, comment="1, 2, 3 … of the project's runs"),
    sa.Column('at', storage.columns.Instant(), nullable=False, comment='when it was worked out, UTC'),
    sa.Column('cause', sa.String(length=8), nullable=False, comment='dialogue or wave: one has closed; weekly; asked: by somebody'),
    sa.Column('about', sa.String(length=32), nullable=False, comment='the dialogue or wave that has closed (D04); empty: none'),
    sa.Column('verdict', sa.String(length=16), nullable=False, comment='GO, GO_CONDITIONS, NO_GO or INSUFFICIENT (3.6)'),
    sa.Column('kind', sa.String(length=16), nullable=True, comment='of a NO_GO: structural, prerequisite or score'),
    sa.Column('readiness', sa.Double(), nullable=True, comment='0 to 100; null: cannot be said'),
    sa.Column('coverage', sa.Double(), nullable=False, comment='part of the expected answers that are in, 0 to 1'),
    sa.Column('families', storage.columns.Json(), nullable=False, comment='by family 1 to 4: score, coverage, low, high (3.4)'),
    sa.Column('gates', storage.columns.Json(), nullable=False, comment='by gate: pass, fail, condition or not_assessed (3.5)'),
    sa.Column('rules', storage.columns.Json(), nullable=False, comment='rules that fire, as id and severity (3.7)'),
    sa.Column('contested', storage.columns.Json(), nullable=False, comment='ids of the pairs and items people disagree on (3.4), never who'),
    sa.Column('override_reason', storage.columns.Plain(), nullable=True, comment='why the sponsor goes on in spite of it'),
    sa.Column('override_by', sa.String(length=32), nullable=True, comment='the sponsor who overrides (Slack user)'),
    sa.Column('override_at', storage.columns.Instant(), nullable=True, comment='when it was overridden, UTC'),
    sa.Column('override_ref', sa.String(length=16), nullable=True, comment='the decision that says so: DEC-12'),
    sa.ForeignKeyConstraint(['workspace', 'project_id'], ['project.workspace', 'project.id'], name=op.f('fk_diagnosis_project'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'project_id', 'number', name=op.f('pk_diagnosis')),
    comment='Each run of the diagnosis. An override changes nothing of what was found.'
    )
    op.create_table('override',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('id', sa.String(length=32), nullable=False, comment='random 128-bit id, hexadecimal'),
    sa.Column('project_id', sa.String(length=32), nullable=False, comment='the project'),
    sa.Column('guard', sa.String(length=32), nullable=False, comment='the guard that was set aside (2.1)'),
    sa.Column('about', sa.String(length=64), nullable=False, comment='what was sent or held in spite of it: D14, W09 …'),
    sa.Column('reason', storage.columns.Plain(), nullable=False, comment='why, in the words of whoever set it aside'),
    sa.Column('by', sa.String(length=32), nullable=False, comment='Slack user who set it aside'),
    sa.Column('at', storage.columns.Instant(), nullable=False, comment='when, UTC'),
    sa.ForeignKeyConstraint(['workspace', 'project_id'], ['project.workspace', 'project.id'], name=op.f('fk_override_project'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'id', name=op.f('pk_override')),
    comment='Guards of the plan set aside, each with its reason. Never changed.'
    )
    with op.batch_alter_table('override', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_override_workspace_project_id'), ['workspace', 'project_id'], unique=False)

    op.create_table('plan_step',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('project_id', sa.String(length=32), nullable=False, comment='the project'),
    sa.Column('line', sa.String(length=64), nullable=False, comment='key of the line in the plan of the content (2.1)'),
    sa.Column('state', sa.String(length=8), nullable=False, comment='planned, sent or skipped'),
    sa.Column('moved_to', sa.Date(), nullable=True, comment="the day it leaves instead, in the project's zone"),
    sa.Column('sent_as', sa.String(length=32), nullable=False, comment='dialogue or wave it became; empty: none'),
    sa.Column('reason', storage.columns.Plain(), nullable=True, comment='why it was moved or skipped, where somebody said so'),
    sa.Column('by', sa.String(length=32), nullable=False, comment='Slack user who changed or sent it; empty: the bot, by the plan'),
    sa.Column('at', storage.columns.Instant(), nullable=False, comment='when, UTC'),
    sa.ForeignKeyConstraint(['workspace', 'project_id'], ['project.workspace', 'project.id'], name=op.f('fk_plan_step_project'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'project_id', 'line', name=op.f('pk_plan_step')),
    comment='Lines of the plan that are not as the content has them; a line without a row is planned.'
    )
    op.create_table('delegation',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('id', sa.String(length=32), nullable=False, comment='random 128-bit id, hexadecimal'),
    sa.Column('dialogue_id', sa.String(length=32), nullable=False, comment='the dialogue'),
    sa.Column('question', sa.String(length=32), nullable=False, comment='the question; empty: all of the dialogue'),
    sa.Column('from_user', sa.String(length=32), nullable=False, comment='Slack user who asks a colleague'),
    sa.Column('to_user', sa.String(length=32), nullable=False, comment='Slack user who is asked'),
    sa.Column('state', sa.String(length=12), nullable=False, comment='asked, accepted, declined, expired, withdrawn or answered'),
    sa.Column('note', storage.columns.Plain(), nullable=True, comment='what the one who asks adds'),
    sa.Column('reason', storage.columns.Plain(), nullable=True, comment='why it was declined or withdrawn, where somebody said so'),
    sa.Column('asked_at', storage.columns.Instant(), nullable=False, comment='when it was asked, UTC'),
    sa.Column('until', sa.Date(), nullable=True, comment="last day to accept, in the project's zone; null: none"),
    sa.Column('settled_at', storage.columns.Instant(), nullable=True, comment='when its state last changed, UTC; null: never'),
    sa.ForeignKeyConstraint(['workspace', 'dialogue_id'], ['dialogue.workspace', 'dialogue.id'], name=op.f('fk_delegation_dialogue'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'id', name=op.f('pk_delegation')),
    comment='Who asked whom to answer in their place, and what came of it.'
    )
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delegation_workspace_dialogue_id'), ['workspace', 'dialogue_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegation_workspace_to_user'), ['workspace', 'to_user'], unique=False)



def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_table("delegation")
    op.drop_table("plan_step")
    op.drop_table("override")
    op.drop_table("diagnosis")
    op.create_index(
        "ix_dialogue_closing",
        "dialogue",
        ["closes_on"],
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.drop_index(op.f("ix_dialogue_workspace_project_id"), "dialogue")
    op.drop_column("project", "currency")  # in place: a copy of the table would take its dialogues along
    op.drop_column("record", "amended")
    _widen(32, 16, f"{QUESTION}; NEE03@REQ-4: about a record", QUESTION)


def _widen(before: int, after: int, comment_before: str, comment_after: str) -> None:
    """Ids of questions, in the three tables that hold them."""
    for table, column in (("answer", "question"), ("answer_past", "question"), ("record", "source_question")):
        said = (comment_before, comment_after) if column == "question" else (None, None)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(
                column,
                existing_type=sa.String(length=before),
                type_=sa.String(length=after),
                existing_nullable=False,
                existing_comment=said[0],
                comment=said[1] or False,
            )
