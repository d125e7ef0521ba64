"""Notices that the patient may have to pay: printed, and the choice kept. Part of the blueprint of ``orders``."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, request, url_for
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.find import one
from clinic.views.formats import amount, day, moment
from clinic.views.guard import actor
from clinic.views.reading import read_date
from lab.documents import notice
from lab.documents.flow import render
from lab.documents.manifest import Manner
from lab.models import LabOrder
from lab.services.notice_papers import sheets_of
from lab.services.notices import answer_notice, print_notices
from lab.views import coverage_words, orders


@orders.screens.post("/orders/<int:order_id>/notices")
@requires("lab.order")
def notices_printed(order_id: int) -> tuple[str, int] | AnyResponse:
    """Keep that notices are printed, and on to the sheets; ``line`` names one test, ``reason`` the practice's own."""
    one(actor(), LabOrder, order_id)
    line_id = request.form.get("line", type=int)
    try:
        print_notices(actor(), order_id, line_id, request.form.get("reason"))
    except Refused as refused:
        return orders.page(order_id, wrong={"tests": refused})
    language = request.form.get("language") or None
    return redirect(url_for("orders.notices_pdf", order_id=order_id, line=line_id, language=language), code=303)


@orders.screens.get("/orders/<int:order_id>/notices.pdf")
@requires("lab.read")
def notices_pdf(order_id: int) -> Response:
    """The sheets as they were printed, in the reader's language or the patient's."""
    language = request.args.get("language", "")
    spoken = language if language in current_app.config["LANGUAGES"] else str(get_locale())
    with force_locale(spoken):
        made, order = sheets_of(
            actor(),
            order_id,
            request.args.get("line", type=int),
            said=_,
            why=lambda printed: coverage_words.why(printed, printed.words),
            amount=amount,
        )
        manner = Manner(said=_, day=day, moment=moment)
        laid = [copy for each in made for copy in notice.compose(each, manner)]
        title = f"{_('Notice')} {order.number}"
    seen(order.patient_id)
    answer = Response(render(laid, title, spoken), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="notice-{order.number}.pdf"'
    strange = "".join(dict.fromkeys(letter for each in laid for letter in each.strange))
    if strange:
        answer.headers["X-Not-Printable"] = " ".join(f"U+{ord(letter):04X}" for letter in strange)
    return answer


@orders.screens.post("/orders/<int:order_id>/lines/<int:line_id>/notice")
@requires("lab.order")
def notice_answered(order_id: int, line_id: int) -> tuple[str, int] | AnyResponse:
    """Keep what the patient chose."""
    one(actor(), LabOrder, order_id)
    try:
        typed = request.form.get("signed_on", "").strip()
        signed_on = read_date(typed, "signed_on") if typed else None
        declined = _("The patient does not want it.")
        chosen = answer_notice(
            actor(), order_id, line_id, choice=request.form.get("choice", ""), signed_on=signed_on, declined=declined
        )
    except Refused as refused:
        return orders.page(order_id, wrong={"tests": refused})
    flash(_("Kept.") if chosen != "refused" else _("Kept. The test is taken off."), "success")
    return redirect(url_for("orders.show", order_id=order_id), code=303)
