"""The migrations make just what the models say."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from billing.models import ClaimRecord, SubmittedClaim
from billing.services.send_claims import send_claims
from clinic.base import Base, db
from tests.billing.services.steps import ready_claim


def test_upgrade_head_equals_the_models(app) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": Base.metadata})
        assert compare_metadata(context, Base.metadata) == []


def test_rows_outlive_the_way_down_and_up(practice) -> None:
    """Tables that SQLite makes anew keep their rows, and what points at them still does."""
    sent = send_claims(practice.actor("biller"), [ready_claim(practice)])
    before = db.session.query(SubmittedClaim).one().digest
    db.session.remove()
    downgrade(revision="0001")
    upgrade()
    (row,) = db.session.query(SubmittedClaim).all()
    assert (row.digest, (row.submission_id,)) == (before, sent)
    assert db.session.get_one(ClaimRecord, row.claim_id).journey == "sent"


def test_every_table_belongs_to_a_practice() -> None:
    assert [
        table.name
        for table in Base.metadata.sorted_tables
        if table.name != "practice" and "practice_id" not in table.columns
    ] == []


def test_no_unique_key_crosses_practices() -> None:
    """Every unique key holds the practice, but for what names someone before their practice is known."""
    before_log_in = {
        ("staff", "username"),
        ("staff", "email"),
        ("staff", "fs_uniquifier"),
        ("staff", "fs_webauthn_user_handle"),
    }
    found = {
        (table.name, ",".join(column.name for column in constraint.columns))
        for table in Base.metadata.sorted_tables
        for constraint in table.constraints
        if type(constraint).__name__ == "UniqueConstraint" and "practice_id" not in constraint.columns
    }
    assert found == before_log_in
