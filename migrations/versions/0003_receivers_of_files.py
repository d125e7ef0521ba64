"""who takes the practice's files stands in one place"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

PRACTICE = sa.table(
    'practice',
    sa.column('id', sa.Integer()),
    sa.column('submitter_id', sa.String()),
    sa.column('receiver_id', sa.String()),
    sa.column('receiver_name', sa.String()),
)
CLEARINGHOUSE = sa.table(
    'clearinghouse',
    sa.column('id', sa.Integer()),
    sa.column('practice_id', sa.Integer()),
    sa.column('name', sa.String()),
    sa.column('submitter_id', sa.String()),
    sa.column('receiver_id', sa.String()),
    sa.column('active', sa.Boolean()),
)


def upgrade():
    """A practice that says all three has a clearinghouse of that name: made here, unless it is there already."""
    there = sa.exists().where(
        CLEARINGHOUSE.c.practice_id == PRACTICE.c.id, CLEARINGHOUSE.c.name == PRACTICE.c.receiver_name
    )
    op.execute(
        CLEARINGHOUSE.insert().from_select(
            ['practice_id', 'name', 'submitter_id', 'receiver_id', 'active'],
            sa.select(
                PRACTICE.c.id,
                PRACTICE.c.receiver_name,
                PRACTICE.c.submitter_id,
                PRACTICE.c.receiver_id,
                sa.true(),
            ).where(
                PRACTICE.c.submitter_id != '', PRACTICE.c.receiver_id != '', PRACTICE.c.receiver_name != '', ~there
            ),
        )
    )
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.drop_column('submitter_id')
        batch_op.drop_column('receiver_id')
        batch_op.drop_column('receiver_name')


def downgrade():
    """The columns name one receiver: the first that is in use. The rows stay, so that what points at them does."""
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('submitter_id', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('receiver_id', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('receiver_name', sa.String(), nullable=True))
    other = CLEARINGHOUSE.alias()
    first = (
        sa.select(sa.func.min(other.c.id))
        .where(other.c.practice_id == PRACTICE.c.id, other.c.active.is_(True))
        .correlate(PRACTICE)
        .scalar_subquery()
    )

    def of_first(column):
        return sa.select(column).where(CLEARINGHOUSE.c.id == first).correlate(PRACTICE).scalar_subquery()

    op.execute(
        PRACTICE.update().values(
            submitter_id=of_first(CLEARINGHOUSE.c.submitter_id),
            receiver_id=of_first(CLEARINGHOUSE.c.receiver_id),
            receiver_name=of_first(CLEARINGHOUSE.c.name),
        )
    )
