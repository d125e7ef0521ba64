"""what the queues count"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

CLAIM = sa.table(
    'claim',
    sa.column('id', sa.Integer()),
    sa.column('practice_id', sa.Integer()),
    sa.column('preparation', sa.String()),
    sa.column('returned', sa.Boolean()),
)
VISIT = sa.table(
    'visit',
    sa.column('id', sa.Integer()),
    sa.column('practice_id', sa.Integer()),
    sa.column('claimed', sa.Boolean()),
)
CLAIM_VISIT = sa.table(
    'claim_visit', sa.column('practice_id', sa.Integer()), sa.column('visit_id', sa.Integer())
)
FACT = sa.table(
    'fact',
    sa.column('practice_id', sa.Integer()),
    sa.column('thing', sa.String()),
    sa.column('thing_id', sa.Integer()),
    sa.column('sequence', sa.Integer()),
    sa.column('type', sa.String()),
)


def last(type_):
    """The sequence of a claim's last fact of a type."""
    return (
        sa.select(sa.func.coalesce(sa.func.max(FACT.c.sequence), 0))
        .where(
            FACT.c.practice_id == CLAIM.c.practice_id,
            FACT.c.thing == 'claim',
            FACT.c.thing_id == CLAIM.c.id,
            FACT.c.type == type_,
        )
        .correlate(CLAIM)
        .scalar_subquery()
    )


def upgrade():
    """Both columns are projections: they are filled from what is there."""
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.add_column(sa.Column('returned', sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('claimed', sa.Boolean(), server_default=sa.false(), nullable=False))
    bills = sa.exists().where(
        CLAIM_VISIT.c.practice_id == VISIT.c.practice_id, CLAIM_VISIT.c.visit_id == VISIT.c.id
    )
    op.execute(VISIT.update().where(bills).values(claimed=True))
    op.execute(
        CLAIM.update()
        .where(CLAIM.c.preparation == 'coding', last('claim.returned') > last('claim.coded'))
        .values(returned=True)
    )
    op.drop_index('ix_claim_practice_id_journey_preparation_due_on', 'claim')
    waiting = sa.text("journey = 'none'")
    op.create_index(
        'ix_claim_waiting',
        'claim',
        [
            'practice_id',
            'journey',
            'preparation',
            'returned',
            'due_on',
            'service_on',
            'changed_at',
            'assigned_to_id',
            'rendering_id',
        ],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    stopped = sa.text('stopped IS NOT NULL')
    op.create_index(
        'ix_claim_stopped',
        'claim',
        ['practice_id', 'journey', 'due_on', 'changed_at'],
        sqlite_where=stopped,
        postgresql_where=stopped,
    )
    unclaimed = sa.text('NOT claimed')
    op.create_index(
        'ix_visit_waiting',
        'visit',
        ['practice_id', 'department', 'on', 'created_at', 'patient_id'],
        sqlite_where=unclaimed,
        postgresql_where=unclaimed,
    )
    op.create_index('ix_journal_act_practice_id_actor_id', 'journal_act', ['practice_id', 'actor_id'])


def downgrade():
    op.drop_index('ix_journal_act_practice_id_actor_id', 'journal_act')
    op.drop_index('ix_visit_waiting', 'visit')
    op.drop_index('ix_claim_stopped', 'claim')
    op.drop_index('ix_claim_waiting', 'claim')
    op.create_index(
        'ix_claim_practice_id_journey_preparation_due_on', 'claim', ['practice_id', 'journey', 'preparation', 'due_on']
    )
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.drop_column('claimed')
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.drop_column('returned')
