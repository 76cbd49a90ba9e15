"""Anonymous waves with their sealed box, and requests to the neutral coach."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.create_table('coach_month',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('project_id', sa.String(length=32), nullable=False, comment='the project'),
    sa.Column('month', sa.String(length=7), nullable=False, comment='2026-11, of the contact'),
    sa.Column('n', sa.Integer(), nullable=False, comment='contacts made, shown as fewer than 5 up to 4'),
    sa.ForeignKeyConstraint(['workspace', 'project_id'], ['project.workspace', 'project.id'], name=op.f('fk_coach_month_project'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'project_id', 'month', name=op.f('pk_coach_month')),
    comment='All that remains of requests to the coach: how many in a month.'
    )
    op.create_table('coach_request',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('id', sa.String(length=32), nullable=False, comment='random 128-bit id, hexadecimal'),
    sa.Column('project_id', sa.String(length=32), nullable=False, comment='the project'),
    sa.Column('sealed', sa.LargeBinary(), nullable=False, comment="who, when and a word, encrypted for the coach's screen, padded"),
    sa.ForeignKeyConstraint(['workspace', 'project_id'], ['project.workspace', 'project.id'], name=op.f('fk_coach_request_project'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'id', name=op.f('pk_coach_request')),
    comment='Somebody would like to talk to the coach. Carries no origin and no moment; deleted once met.'
    )
    with op.batch_alter_table('coach_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_coach_request_workspace_project_id'), ['workspace', 'project_id'], unique=False)

    op.create_table('wave',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('id', sa.String(length=32), nullable=False, comment='random 128-bit id, hexadecimal'),
    sa.Column('project_id', sa.String(length=32), nullable=False, comment='the project'),
    sa.Column('what', sa.String(length=32), nullable=False, comment='id of the wave in the content: D06, C01, steering_support'),
    sa.Column('opened_by', sa.String(length=32), nullable=False, comment='Slack user who sent it'),
    sa.Column('opened_on', sa.Date(), nullable=False, comment="day it was sent, in the project's zone"),
    sa.Column('closes_on', sa.Date(), nullable=False, comment='last day to answer, announced from the start'),
    sa.Column('threshold', sa.Integer(), nullable=False, comment='ballots and answers below which nothing exists: 5 or more'),
    sa.Column('asked', storage.columns.Json(), nullable=False, comment='the questions as they are asked, with how many people each is for'),
    sa.Column('key_mark', sa.String(length=16), nullable=False, comment='tells whether the key of the server is the one of its box'),
    sa.Column('status', sa.String(length=8), nullable=False, comment='open or closed'),
    sa.Column('outcome', sa.String(length=8), nullable=True, comment='kept, few (destroyed unread) or lost (another key)'),
    sa.Column('closed_on', sa.Date(), nullable=True, comment="day it closed, in the project's zone"),
    sa.ForeignKeyConstraint(['workspace', 'project_id'], ['project.workspace', 'project.id'], name=op.f('fk_wave_project'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'id', name=op.f('pk_wave')),
    comment='One anonymous consultation of one group. Never reopened.'
    )
    with op.batch_alter_table('wave', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wave_workspace_project_id'), ['workspace', 'project_id'], unique=False)
        batch_op.create_index('uq_wave_open', ['workspace', 'project_id', 'what'], unique=True, sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"))

    op.create_table('ballot_box',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('wave_id', sa.String(length=32), nullable=False, comment='the wave'),
    sa.Column('sealed', sa.LargeBinary(), nullable=False, comment='all totals and comments, encrypted, always of the same length'),
    sa.ForeignKeyConstraint(['workspace', 'wave_id'], ['wave.workspace', 'wave.id'], name=op.f('fk_ballot_box_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'wave_id', name=op.f('pk_ballot_box')),
    comment='The one sealed box of a wave, rewritten by each ballot. Deleted at closing.'
    )
    op.create_table('ballot_ledger',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('wave_id', sa.String(length=32), nullable=False, comment='the wave'),
    sa.Column('mark', sa.LargeBinary(), nullable=False, comment='HMAC of a user id under a key of this wave; prevents a second ballot'),
    sa.ForeignKeyConstraint(['workspace', 'wave_id'], ['wave.workspace', 'wave.id'], name=op.f('fk_ballot_ledger_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'wave_id', 'mark', name=op.f('pk_ballot_ledger')),
    comment='Marks of those who have voted, in no order. Counted once, at closing, then deleted.',
    sqlite_with_rowid=False
    )
    op.create_table('wave_comment',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('wave_id', sa.String(length=32), nullable=False, comment='the wave'),
    sa.Column('question', sa.String(length=32), nullable=False, comment='id of the question in the content'),
    sa.Column('sealed', sa.LargeBinary(), nullable=False, comment='all texts for the coach, shuffled, encrypted, padded'),
    sa.Column('until', sa.Date(), nullable=False, comment='day on which they are deleted'),
    sa.ForeignKeyConstraint(['workspace', 'wave_id'], ['wave.workspace', 'wave.id'], name=op.f('fk_wave_comment_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'wave_id', 'question', name=op.f('pk_wave_comment')),
    comment='Texts their authors meant for the coach alone. Those that may be quoted are in wave_result.'
    )
    op.create_table('wave_invited',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('wave_id', sa.String(length=32), nullable=False, comment='the wave'),
    sa.Column('user', sa.String(length=32), nullable=False, comment='Slack user who is invited'),
    sa.Column('part', sa.String(length=16), nullable=False, comment='function whose tally an answer is added to; empty: only the total'),
    sa.ForeignKeyConstraint(['workspace', 'wave_id'], ['wave.workspace', 'wave.id'], name=op.f('fk_wave_invited_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'wave_id', 'user', name=op.f('pk_wave_invited')),
    comment='Who is invited, fixed when the wave opens. The only row a person has here; it has no state.'
    )
    with op.batch_alter_table('wave_invited', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wave_invited_workspace_user'), ['workspace', 'user'], unique=False)

    op.create_table('wave_result',
    sa.Column('workspace', sa.String(length=32), nullable=False, comment='Slack team id of the tenant'),
    sa.Column('wave_id', sa.String(length=32), nullable=False, comment='the wave'),
    sa.Column('question', sa.String(length=32), nullable=False, comment='id of the question in the content'),
    sa.Column('n', sa.Integer(), nullable=False, comment='number of answers, 5 or more'),
    sa.Column('kept', storage.columns.Json(), nullable=False, comment='what rule 6 lists for its kind, and nothing finer'),
    sa.ForeignKeyConstraint(['workspace', 'wave_id'], ['wave.workspace', 'wave.id'], name=op.f('fk_wave_result_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace', 'wave_id', 'question', name=op.f('pk_wave_result')),
    comment='What is kept of each question that reached enough answers.'
    )


def downgrade() -> None:
    """Back to the tables of the version before; open waves and what closed ones left are lost."""
    op.drop_table("coach_month")
    op.drop_table("coach_request")
    op.drop_table("wave_result")
    op.drop_table("wave_comment")
    op.drop_table("wave_invited")
    op.drop_table("ballot_ledger")
    op.drop_table("ballot_box")
    op.drop_table("wave")
