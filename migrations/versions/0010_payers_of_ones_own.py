"""payers of one's own"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'payer_profile',
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('standing', sa.JSON(none_as_null=True), nullable=True),
        sa.Column('proposed', sa.JSON(none_as_null=True), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('tried', sa.JSON(none_as_null=True), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('practice_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_payer_profile_practice_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_payer_profile')),
        sa.UniqueConstraint('practice_id', 'id', name=op.f('uq_payer_profile_practice_id_id')),
        sa.UniqueConstraint('practice_id', 'name', name=op.f('uq_payer_profile_practice_id_name')),
    )
    op.create_index(op.f('ix_payer_profile_practice_id'), 'payer_profile', ['practice_id'], unique=False)
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('payer_profiles', sa.Integer(), server_default='0', nullable=False))


def downgrade():
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.drop_column('payer_profiles')
    op.drop_index(op.f('ix_payer_profile_practice_id'), table_name='payer_profile')
    op.drop_table('payer_profile')
