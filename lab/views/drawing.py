"""What templates of the bench draw and say with: pictures of containers, names of caps, sentences with blanks."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal
from flask import Blueprint
from flask_babel import get_locale
from flask_babel import gettext as _

from lab.domain import drawn
from lab.domain.container_words import STATES
from lab.domain.saying import Saying

screens = Blueprint("drawing", __name__)
screens.record(lambda state: state.app.jinja_env.globals.update(container_states=STATES))


@screens.app_template_global("tube_picture")
def tube_picture(kind: str, volume_ul: int | None, capacity_ul: int | None, gel: bool = False) -> drawn.Picture:
    """How a container is drawn."""
    return drawn.picture(kind, volume_ul, capacity_ul, gel=gel)


@screens.app_template_global("cap_words")
def cap_words(cap: str) -> str:
    """The message id of a cap's colour."""
    return drawn.cap_words(cap)


@screens.app_template_global("kind_words")
def kind_words(kind: str) -> str:
    """The message id of a kind of container."""
    return drawn.KINDS.get(kind, kind)


@screens.app_template_filter("milliliters")
def milliliters(volume_ul: int | None) -> str:
    """A volume in millilitres, as the person's language writes it."""
    if volume_ul is None:
        return ""
    written = format_decimal(Decimal(volume_ul) / 1000, "#,##0.###", locale=get_locale())
    return str(_("%(volume)s mL", volume=written))


@screens.app_template_filter("saying")
def saying(said: Saying) -> str:
    """A sentence with its blanks filled, in the person's language."""
    return str(_(said.text, **dict(said.params)))


@screens.app_template_filter("in_words")
def in_words(text: str) -> str:
    """Words of the catalogue: the shipped ones translated, a practice's own as they are, whatever signs they hold."""
    return str(_(text))
