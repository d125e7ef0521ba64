"""What has to be done about claims that have left, because what they say is no longer so."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from billing.services.finish_task import finish_task, open_tasks
from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.views.guard import actor
from clinic.views.telling import told

screens = Blueprint("claim_tasks", __name__, url_prefix="/claims/to-correct")


@screens.get("")
@requires("claim.send")
def index() -> str:
    """All that is open, nearest deadline first."""
    tasks = open_tasks(actor())
    seen(*{task.claim.patient_id for task in tasks})
    return render_template("billing/claim_tasks.html", tasks=tasks)


@screens.post("/<int:task_id>")
@requires("claim.send")
def finish(task_id: int) -> Response:
    """Say what was done."""
    try:
        finish_task(actor(), task_id, request.form.get("how", ""))
    except Refused as refused:
        flash(told(refused), "error")
    else:
        flash(_("Done, and kept with what was done."), "success")
    return redirect(url_for("claim_tasks.index"), code=303)
