"""The journal rows of acts on code sets.

Releases serve every practice of the installation, so each practice's journal gets a row: in the actor's own it names
who, in the others nobody, since staff of one practice are unknown to another.
"""

from __future__ import annotations

from flask import current_app
from sqlalchemy import inspect, select

from clinic.base import db
from clinic.codes.release import Release
from clinic.journal.acts import act_row
from clinic.models import Practice
from clinic.services.acting import Work, founding

RIGHT = "codes.load"
THING = "practice"


def leave_rows(work: Work, what: str, release: Release) -> None:
    """A row in each practice: ``loaded hcpcs 2026-07 rows=8033``, with the digest of the release's source."""
    detail = f"{what} {release.system} {release.name} rows={release.rows}"
    own = work.actor.practice_id
    for practice_id in work.session.scalars(select(Practice.id).order_by(Practice.id)):
        if practice_id == own:
            work.journal(THING, own, digest=release.digest, detail=detail)
        else:
            row = act_row(
                practice_id, work.at, None, work.act, THING, practice_id, digest=release.digest, detail=detail
            )
            work.session.add(row)


def leave_rows_of_command(what: str, releases: list[Release]) -> None:
    """The same for what the command line did; nothing where no practice is founded yet."""
    if not releases or "sqlalchemy" not in current_app.extensions or not inspect(db.engine).has_table("practice"):
        return
    first = db.session.scalar(select(Practice.id).order_by(Practice.id).limit(1))
    if first is None:
        return
    with founding(RIGHT) as work_of:
        work = work_of(first)
        for release in releases:
            leave_rows(work, what, release)
