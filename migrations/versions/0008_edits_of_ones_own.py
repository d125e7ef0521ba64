"""edits of one's own"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'own_edit',
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('rule', sa.JSON(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('active', sa.Boolean(), nullable=False),
        sa.Column('tried', sa.JSON(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('practice_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_own_edit_practice_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_own_edit')),
        sa.UniqueConstraint('practice_id', 'id', name=op.f('uq_own_edit_practice_id_id')),
        sa.UniqueConstraint('practice_id', 'number', name=op.f('uq_own_edit_practice_id_number')),
    )
    op.create_index(op.f('ix_own_edit_practice_id'), 'own_edit', ['practice_id'], unique=False)
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('own_edits', sa.Integer(), server_default='0', nullable=False))


def downgrade():
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.drop_column('own_edits')
    op.drop_index(op.f('ix_own_edit_practice_id'), table_name='own_edit')
    op.drop_table('own_edit')
