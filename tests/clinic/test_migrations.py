"""The migrations make just what the models say."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from billing.models import ClaimRecord, Clearinghouse, PayerRoute, SubmittedClaim
from billing.services.routes import route_for
from billing.services.send_claims import send_claims
from clinic.base import Base, db
from lab.models import OrderLine
from lab.services.notices import print_notices
from tests.billing.services.steps import ready_claim
from tests.fixtures.people import make_patient
from tests.lab.ordering import make_laboratory, order_tests


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
    assert (row.digest, (row.submission_id,)) == (before, sent.submissions)
    assert db.session.get_one(ClaimRecord, row.claim_id).journey == "sent"


def test_who_takes_files_outlives_the_way_down_and_up(practice, other_practice) -> None:
    """Revision 0003: three columns of the practice are its first clearinghouse, and the other way round."""
    idle = Clearinghouse(
        practice_id=other_practice.row.id, name="Idle", submitter_id="X", receiver_id="Y", active=False
    )
    mine = db.session.query(Clearinghouse).filter_by(practice_id=practice.row.id).one()
    db.session.query(Clearinghouse).filter_by(practice_id=other_practice.row.id).update({"active": False})
    db.session.add_all(
        [idle, PayerRoute(practice_id=practice.row.id, payer_id=practice.payer.id, clearinghouse_id=mine.id)]
    )
    db.session.commit()
    rows = sorted(map(tuple, db.session.execute(text("SELECT * FROM clearinghouse"))))
    ids = practice.row.id, other_practice.row.id, mine.id
    db.session.remove()
    columns = text("SELECT id, submitter_id, receiver_id, receiver_name FROM practice ORDER BY id")

    downgrade(revision="0002")
    assert sorted(map(tuple, db.session.execute(text("SELECT * FROM clearinghouse")))) == rows
    assert [tuple(row) for row in db.session.execute(columns)] == [
        (ids[0], "NORTHLAKE", "CLEARHOUSE", "Clear House"),
        (ids[1], None, None, None),
    ]
    db.session.execute(
        text("UPDATE practice SET submitter_id = 'OURS', receiver_id = 'GATE' WHERE id = :id"), {"id": ids[1]}
    )
    db.session.execute(text("UPDATE practice SET receiver_name = 'Gate' WHERE id = :id"), {"id": ids[1]})
    db.session.commit()
    db.session.remove()

    upgrade()
    assert db.session.query(PayerRoute).one().clearinghouse_id == ids[2]
    kept = db.session.query(Clearinghouse).filter_by(practice_id=ids[0]).one()
    assert (kept.id, kept.name, kept.submitter_id, kept.receiver_id, kept.active) == (
        ids[2], "Clear House", "NORTHLAKE", "CLEARHOUSE", True,
    )  # fmt: skip
    made = db.session.query(Clearinghouse).filter_by(practice_id=ids[1], active=True).one()
    assert (made.name, made.submitter_id, made.receiver_id) == ("Gate", "OURS", "GATE")
    assert route_for(ids[0], practice.payer.id).receiver_name == "Clear House"


def test_a_practice_that_names_no_receiver_gets_no_clearinghouse(practice) -> None:
    practice_id = practice.row.id
    db.session.remove()
    downgrade(revision="0002")
    db.session.execute(text("DELETE FROM clearinghouse"))
    db.session.execute(text("UPDATE practice SET receiver_name = ''"))
    db.session.commit()
    db.session.remove()
    upgrade()
    assert db.session.query(Clearinghouse).filter_by(practice_id=practice_id).count() == 0


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


def test_orders_outlive_the_way_down_past_their_notices(practice) -> None:
    """Revision 0009: what patients were told goes with its column, the lines stay."""
    order = order_tests(practice, make_patient(practice), ("hba1c", make_laboratory(practice)))
    print_notices(practice.actor("assistant"), order.id, order.lines[0].id, "the plan has run out")
    line_id, diagnoses = order.lines[0].id, list(order.lines[0].diagnoses)
    assert db.session.get_one(OrderLine, line_id).notice["printed"]["words"] == "the plan has run out"
    db.session.remove()
    downgrade(revision="0008")
    upgrade()
    line = db.session.get_one(OrderLine, line_id)
    assert (line.test_key, line.diagnoses, line.notice) == ("hba1c", diagnoses, None)
