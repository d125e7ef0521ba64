"""The door of every route: who is asking, whether the policy lets them, and what those outside are told."""

from __future__ import annotations

from flask import Flask, Response, current_app, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response as AnyResponse

from clinic import policy
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.services.acting import Actor, NotAllowed
from clinic.services.find import Unknown
from clinic.views.practice_here import practice_here

csrf = CSRFProtect()


def actor() -> Actor:
    """Who is logged in, as services know them."""
    if "actor" not in g:
        g.actor = Actor(
            current_user.practice_id,
            current_user.id,
            tuple(role.name for role in current_user.roles),
            current_user.name,
        )
    found: Actor = g.actor
    return found


def may(right: str) -> bool:
    """Whether who is logged in holds a right: what a template asks before it offers an act."""
    return bool(current_user.is_authenticated) and policy.allows(right, actor().roles)


def _keep_the_door() -> AnyResponse | None:
    if request.endpoint is None:
        return None
    right = policy.right_of(current_app._get_current_object(), request.endpoint)  # type: ignore[attr-defined]  # noqa: SLF001
    if right == policy.OPEN:
        return None
    if not current_user.is_authenticated:
        return _to_log_in()
    practice_here()  # held for the request: whoever asks for the practice later finds it read
    session.permanent = True  # the cookie ends with idle time, whatever the request says
    if right is None or not policy.allows(right, actor().roles):
        raise NotAllowed(right)
    return None


def _to_log_in() -> AnyResponse:
    target = url_for("security.login", next=request.full_path if request.method == "GET" else None)
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def _page(status: int, title: str, text: str) -> tuple[str, int, dict[str, str]]:
    if request.headers.get("HX-Request"):
        part = render_template("errors/part.html", status=status, title=title, text=text)
        return part, status, {"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"}
    return render_template("errors/page.html", status=status, title=title, text=text), status, {}


def _not_allowed(error: NotAllowed) -> tuple[str, int, dict[str, str]]:
    row = policy.RIGHTS.get(str(error))
    holders = ", ".join(sorted(_(role.value) for role in row.roles)) if row else ""
    return _page(403, _("Not yours to do"), _("This needs one of these roles: %(roles)s.", roles=holders))


def _refused(error: Refused) -> tuple[str, int, dict[str, str]]:
    text = " ".join(
        part
        for part in (_(error.what, **error.params), _(error.remedy, **error.params) if error.remedy else "")
        if part
    )
    return _page(422, _("Not taken"), text)


def _unknown(error: Unknown) -> tuple[str, int, dict[str, str]] | HTTPException:
    del error
    return _http(NotFound())


def _overtaken(error: Exception) -> tuple[str, int, dict[str, str]]:
    del error
    db.session.rollback()
    return _page(
        409, _("Someone was faster"), _("This was changed while you worked on it. Open it again to see both versions.")
    )


def _http(error: HTTPException) -> tuple[str, int, dict[str, str]] | HTTPException:
    if error.code is None or error.code < 400:
        return error
    texts = {
        404: (_("Nothing here"), _("There is no such page, or it is not yours to see.")),
        405: (_("Not this way"), _("This address does not take that kind of request.")),
        413: (_("Too large"), _("The file is larger than 64 MB. Split it and try again.")),
    }
    return _page(
        error.code,
        *texts.get(error.code, (_("Not understood"), _("The request could not be read. Go back and try again."))),
    )


def _csrf(error: CSRFError) -> tuple[str, int, dict[str, str]]:
    del error
    return _page(
        400, _("The page was too old"), _("It was opened before you logged in again. Go back, reload and try again.")
    )


def _fault(error: Exception) -> tuple[str, int, dict[str, str]]:
    db.session.rollback()
    current_app.logger.error("fault at %s: %s", request.endpoint, type(error).__name__)
    return _page(
        500, _("Our fault"), _("Nothing was changed. The fault is in the log; tell whoever looks after Cabinet.")
    )


def set_up(app: Flask) -> None:
    """Stand at the door of every route."""
    csrf.init_app(app)
    app.before_request(_keep_the_door)
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Unknown, _unknown)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(IntegrityError, _overtaken)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    if not app.testing:
        app.register_error_handler(Exception, _fault)
    app.jinja_env.globals["may"] = may
    policy.name_right(app, "static", policy.OPEN)
