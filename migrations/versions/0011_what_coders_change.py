"""what coders change"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'suggestion_memory',
        sa.Column('system', sa.String(), nullable=False),
        sa.Column('suggested', sa.String(), nullable=False),
        sa.Column('words', sa.String(length=80), nullable=False),
        sa.Column('chosen_system', sa.String(), nullable=False),
        sa.Column('chosen', sa.String(), nullable=False),
        sa.Column('times', sa.Integer(), nullable=False),
        sa.Column('last_on', sa.Date(), nullable=False),
        sa.Column('forgotten_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('practice_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_suggestion_memory_practice_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestion_memory')),
        sa.UniqueConstraint('practice_id', 'id', name=op.f('uq_suggestion_memory_practice_id_id')),
        sa.UniqueConstraint(
            'practice_id', 'system', 'suggested', 'words', 'chosen_system', 'chosen',
            name='uq_suggestion_memory_choice',
        ),
    )
    op.create_index(op.f('ix_suggestion_memory_practice_id'), 'suggestion_memory', ['practice_id'], unique=False)
    op.create_index(
        op.f('ix_suggestion_memory_practice_id_times'), 'suggestion_memory', ['practice_id', 'times'], unique=False
    )


def downgrade():
    op.drop_index(op.f('ix_suggestion_memory_practice_id_times'), table_name='suggestion_memory')
    op.drop_index(op.f('ix_suggestion_memory_practice_id'), table_name='suggestion_memory')
    op.drop_table('suggestion_memory')
