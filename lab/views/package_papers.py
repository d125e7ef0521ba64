"""The papers of a package as PDF: its manifest in two copies, and the requisitions of the orders in it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response
from flask_babel import get_locale
from flask_babel import gettext as _

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.views.formats import day, moment
from clinic.views.guard import actor
from lab.documents import manifest, requisition
from lab.documents.flow import Laid, render
from lab.documents.manifest import Manner
from lab.services.package_papers import manifest_of, requisitions_of
from lab.views.package_words import degrees, kilograms
from lab.views.packages import screens as packages


@packages.get("/packages/<number>/manifest.pdf")
@requires("lab.read")
def manifest_pdf(number: str) -> Response:
    """Both copies."""
    made, patients = manifest_of(actor(), number, _, degrees, kilograms)
    seen(*patients)
    return _pdf(manifest.compose(made, _manner()), f"{_('Manifest')} {made.number}", f"manifest-{made.number}.pdf")


@packages.get("/packages/<number>/requisitions.pdf")
@requires("lab.read")
def requisitions(number: str) -> Response:
    """One an order.

    Raises:
        Refused: nothing in the package was ordered.
    """
    made, patients = requisitions_of(actor(), number, _)
    if not made:
        raise Refused(N_("Nothing in this package belongs to an order."), remedy=N_("Scan containers in first."))
    seen(*patients)
    manner = _manner()
    laid = [requisition.compose(each, manner) for each in made]
    return _pdf(laid, f"{_('Requisitions')} {made[0].package}", f"requisitions-{made[0].package}.pdf")


def _manner() -> Manner:
    return Manner(said=_, day=day, moment=moment)


def _pdf(laid: Sequence[Laid], title: str, name: str) -> Response:
    answer = Response(render(laid, title, str(get_locale())), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    strange = "".join(dict.fromkeys(letter for each in laid for letter in each.strange))
    if strange:
        answer.headers["X-Not-Printable"] = " ".join(f"U+{ord(letter):04X}" for letter in strange)
    return answer
