"""A bench that several people share: taken over by badge and PIN, locked, opened again. Routes of the bench."""

from __future__ import annotations

import time
from datetime import timedelta

from flask import current_app, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_login import current_user, user_logged_in
from flask_security import login_user, logout_user
from werkzeug.wrappers import Response

from clinic import policy
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.policy import requires
from clinic.services.acting import NotAllowed
from clinic.views.guard import actor
from clinic.views.telling import told
from lab.domain.scan import read_scan
from lab.services import hand as bench_file
from lab.services.badges import any_badge
from lab.services.badges import take_over as taken_over
from lab.services.hand import Hand
from lab.services.scan import Heard
from lab.views.bench import BENCH, LOCKED, bench_here, go, locked_page, part
from lab.views.bench import screens as routes

BY_BADGE, TOUCHED = "by_badge", "bench_touched"
IDLE = "CABINET_BENCH_IDLE_MINUTES"
IDLE_MINUTES = 5
WHILE_LOCKED = frozenset({"bench.show", "bench.due", "bench.unlock", "bench.take_over"})
BY_BADGE_TOO = frozenset({"today.read", "find", "patient.read", "self.change", policy.OPEN})
WITH_PASSWORD = frozenset({"lab.badge", "lab.sign", "lab.catalogue"})
"""A PIN opens the bench's work, not what someone signs for or who may come in."""


def is_locked() -> bool:
    """Whether this browser's bench is locked."""
    return bool(session.get(LOCKED))


def with_password(_app: object, **_who: object) -> None:
    """Who logs in with name and password has all of their rights again."""
    for each in (BY_BADGE, LOCKED):
        session.pop(each, None)


@routes.record_once
def hear_log_ins(state: BlueprintSetupState) -> None:
    """Listen from the start; badges are noted after their own log-in."""
    user_logged_in.connect(with_password, state.app)


@routes.before_app_request
def keep_to_the_bench() -> Response | None:
    """A locked screen shows nothing but the locked bench; who came by badge does the bench's work and no other."""
    endpoint = request.endpoint
    if endpoint is None or not current_user.is_authenticated or endpoint.endswith("static"):
        return None
    if endpoint != "bench.due":
        session[TOUCHED] = int(time.time())
    elif _idle():
        if not session.get(BY_BADGE):
            return _away()
        session[LOCKED] = True
    if is_locked() and endpoint not in WHILE_LOCKED and endpoint != "security.logout":
        return go(url_for("bench.show"))
    if session.get(BY_BADGE) and not is_locked():
        right = policy.right_of(current_app._get_current_object(), endpoint)  # type: ignore[attr-defined]  # noqa: SLF001  the app itself
        if right in WITH_PASSWORD or not (right in BY_BADGE_TOO or str(right).startswith("lab.")):
            raise NotAllowed(right)
    return None


def _idle() -> bool:
    """Whether nobody touched it for so long that a badge, or a session, no longer holds."""
    if session.get(BY_BADGE):
        length = timedelta(minutes=int(current_app.config.get(IDLE, IDLE_MINUTES)))
    else:
        length = current_app.permanent_session_lifetime
    return time.time() - float(session.get(TOUCHED, time.time())) > length.total_seconds()


def _away() -> Response:
    """The board asks by itself every few seconds: that must not keep a session open for ever."""
    logout_user()
    return go(url_for("security.login", next=url_for("bench.show")))


@routes.post("/lock")
@requires("lab.work")
def lock() -> str | Response:
    """Lock the screen: timers stay, names go."""
    if not any_badge(actor()):
        return part(
            Heard(
                outcome="stopped",
                words=N_("No badge was given yet: nobody could unlock this bench."),
                remedy=N_("Badges are given in House, Bench."),
            )
        )
    session[LOCKED] = True
    bench_file.keep(actor(), Hand(bench=bench_here()))
    return go(url_for("bench.show"))


@routes.post("/unlock")
@requires("lab.read")
def unlock() -> str:
    """A badge at a locked bench: its PIN is asked."""
    scan = read_scan(request.form.get("text", ""))
    if scan is None or scan.kind != "badge":
        return locked_page(stopped=_("This is no badge."))
    return locked_page(badge=scan.text)


@routes.post("/take-over")
@requires("lab.read")
def take_over() -> str | Response:
    """Badge and PIN: from now on what is done here is done by who holds them."""
    code, pin = request.form.get("code", ""), request.form.get("pin", "")
    try:
        member = taken_over(actor(), code, pin)
    except Refused as why:
        if is_locked():
            return locked_page(stopped=told(why))
        return part(Heard(outcome="stopped", words=why.what, remedy=why.remedy))
    bench = bench_here()
    bench_file.keep(actor(), Hand(bench=bench))
    login_user(member, remember=False, authn_via=["badge"])
    session[BENCH], session[BY_BADGE], session[TOUCHED] = bench, True, int(time.time())
    session.pop(LOCKED, None)
    return go(url_for("bench.show"))
