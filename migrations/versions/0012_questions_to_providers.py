"""questions to providers"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

WAITING = ['practice_id', 'journey', 'preparation', 'returned', 'due_on', 'service_on', 'changed_at', 'assigned_to_id', 'rendering_id']


def waiting(columns):
    op.drop_index('ix_claim_waiting', table_name='claim')
    op.create_index(
        'ix_claim_waiting', 'claim', columns, unique=False,
        sqlite_where=sa.text("journey = 'none'"), postgresql_where=sa.text("journey = 'none'"),
    )


def upgrade():
    op.add_column('claim', sa.Column('open_questions', sa.Integer(), server_default=sa.text('0'), nullable=False))
    waiting([*WAITING, 'open_questions'])
    op.create_table(
        'claim_question',
        sa.Column('claim_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('standing', sa.JSON(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('waits_for', sa.String(), nullable=True),
        sa.Column('of_id', sa.Integer(), nullable=True),
        sa.Column('note_id', sa.Integer(), nullable=True),
        sa.Column('asked_by', sa.Integer(), nullable=True),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('answered_by', sa.Integer(), nullable=True),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('closed_by', sa.Integer(), nullable=True),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('reason', sa.String(), nullable=True),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('practice_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['practice_id', 'answered_by'], ['staff.practice_id', 'staff.id'], name=op.f('fk_claim_question_practice_id_answered_by')),
        sa.ForeignKeyConstraint(['practice_id', 'asked_by'], ['staff.practice_id', 'staff.id'], name=op.f('fk_claim_question_practice_id_asked_by')),
        sa.ForeignKeyConstraint(['practice_id', 'claim_id'], ['claim.practice_id', 'claim.id'], name=op.f('fk_claim_question_practice_id_claim_id')),
        sa.ForeignKeyConstraint(['practice_id', 'closed_by'], ['staff.practice_id', 'staff.id'], name=op.f('fk_claim_question_practice_id_closed_by')),
        sa.ForeignKeyConstraint(['practice_id', 'note_id'], ['note.practice_id', 'note.id'], name=op.f('fk_claim_question_practice_id_note_id')),
        sa.ForeignKeyConstraint(['practice_id', 'of_id'], ['staff.practice_id', 'staff.id'], name=op.f('fk_claim_question_practice_id_of_id')),
        sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_claim_question_practice_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_claim_question')),
        sa.UniqueConstraint('practice_id', 'id', name=op.f('uq_claim_question_practice_id_id')),
        sa.UniqueConstraint('practice_id', 'claim_id', 'number', name=op.f('uq_claim_question_practice_id_claim_id_number')),
    )
    op.create_index(op.f('ix_claim_question_claim_id'), 'claim_question', ['claim_id'], unique=False)
    op.create_index(op.f('ix_claim_question_practice_id'), 'claim_question', ['practice_id'], unique=False)
    op.create_index(op.f('ix_claim_question_practice_id_waits_for_since'), 'claim_question', ['practice_id', 'waits_for', 'since'], unique=False)


def downgrade():
    op.drop_table('claim_question')
    waiting(WAITING)
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.drop_column('open_questions')
