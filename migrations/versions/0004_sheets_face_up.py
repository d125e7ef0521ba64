"""printers whose sheets come out face up"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('printer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('face_up', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('printer', schema=None) as batch_op:
        batch_op.alter_column('face_up', server_default=None)


def downgrade():
    with op.batch_alter_table('printer', schema=None) as batch_op:
        batch_op.drop_column('face_up')
