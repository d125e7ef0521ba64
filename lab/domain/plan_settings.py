"""What ``--set KEY=VALUE`` says about a plan."""

from __future__ import annotations

from collections.abc import Sequence

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.likely import nearest
from lab.domain.tube_plan import IN_HOUSE, REFERENCE
from lab.domain.whole_catalogue import Catalogue

_YES = frozenset({"yes", "true", "1"})
_NO = frozenset({"no", "false", "0"})
DRAWS = ("straight", "winged")
OWN_KEYS = ("pediatric", "draw", "lab")


class Settings(Value, frozen=True, kw_only=True):
    """The settings of one plan."""

    pediatric: bool = False
    winged: bool = False
    answers: dict[str, str] | None = None
    """By question."""
    places: dict[str, str] | None = None
    """By test."""


def read_settings(
    wishes: Sequence[str], catalogue: Catalogue, tests: Sequence[str], laboratories: Sequence[str]
) -> Settings:
    """The settings of some ``KEY=VALUE``; the last of a key counts.

    Raises:
        Refused: a key nobody knows, or a value it cannot have.
    """
    pediatric = winged = False
    answers: dict[str, str] = {}
    places: dict[str, str] = {}
    for wish in wishes:
        key, equals, value = (part.strip() for part in wish.partition("="))
        if not equals or not key or not value:
            raise Refused(
                N_("“%(wish)s” is no setting."), where="--set", remedy=N_("Write it as KEY=VALUE."), wish=wish[:40]
            )
        if key == "pediatric":
            pediatric = _yes_no(key, value)
        elif key == "draw":
            winged = _one_of(key, value, DRAWS) == "winged"
        elif key == "lab":
            place = _place(key, value, laboratories)
            places = dict.fromkeys(tests, place) | {test: said for test, said in places.items() if test not in tests}
        elif key in catalogue.questions:
            answers[key] = _answer(key, value, catalogue)
        elif key in tests:
            places[key] = _place(key, value, laboratories)
        else:
            raise _unknown(key, catalogue, tests)
    return Settings(pediatric=pediatric, winged=winged, answers=answers, places=places)


def _unknown(key: str, catalogue: Catalogue, tests: Sequence[str]) -> Refused:
    known = [*OWN_KEYS, *catalogue.questions, *tests]
    near = nearest(key, known)
    if near is None:
        remedy = N_("Set one of %(keys)s, a question or a test of the plan.")
        return Refused(
            N_("There is no setting %(key)s."), where="--set", remedy=remedy, key=key[:40], keys=", ".join(OWN_KEYS)
        )
    remedy = N_("Did you mean %(near)s?")
    return Refused(N_("There is no setting %(key)s."), where="--set", remedy=remedy, key=key[:40], near=near)


def _answer(key: str, value: str, catalogue: Catalogue) -> str:
    question = catalogue.questions[key]
    if question.kind == "yes_no":
        return "yes" if _yes_no(key, value) else "no"
    return _one_of(key, value, question.options) if question.kind == "choice" else value


def _yes_no(key: str, value: str) -> bool:
    if value.lower() not in _YES | _NO:
        raise Refused(
            N_("“%(value)s” is neither yes nor no."),
            where=f"--set {key}",
            remedy=N_("Say yes or no."),
            value=value[:40],
        )
    return value.lower() in _YES


def _one_of(key: str, value: str, options: Sequence[str]) -> str:
    if value.lower() not in options:
        raise Refused(
            N_("“%(value)s” is not known here."),
            where=f"--set {key}",
            remedy=N_("Say one of %(options)s."),
            value=value[:40],
            options=", ".join(options),
        )
    return value.lower()


def _place(key: str, value: str, laboratories: Sequence[str]) -> str:
    for known in (IN_HOUSE, REFERENCE, *laboratories):
        if value.casefold() == known.casefold():
            return known
    raise Refused(
        N_("There is no laboratory %(value)s."),
        where=f"--set {key}",
        remedy=N_("Say one of %(options)s."),
        value=value[:40],
        options=", ".join((IN_HOUSE, REFERENCE, *laboratories)),
    )
