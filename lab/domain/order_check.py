"""What an ordered test still lacks before it may be drawn: codes that say so, and the words for each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.catalogue import TestFacts
from lab.domain.saying import Saying

FASTING = "fasting"
"""The answer to whether the patient fasts as the test needs it: ``yes`` or ``no``; open until somebody says."""

AT_THE_DRAW = frozenset(
    {
        "fasting_since",
        "drink_end",
        "collection_method",
        "collection_start",
        "collection_stop",
        "total_volume",
        "last_void",
        "urine_temperature",
        "collected_on",
    }
)
"""Questions nobody can answer before the specimen is there: asked at the draw, so they hold no order."""

WAIVED, PPM, FULL = "waived", "ppm", "full"
_MAY_RUN: dict[str, frozenset[str]] = {
    "poc": frozenset({WAIVED, PPM, FULL}),
    "ppm": frozenset({PPM, FULL}),
}


class Asked(Value, frozen=True, kw_only=True):
    """One line as it is looked at."""

    test: TestFacts | None
    """None where the catalogue no longer has it."""
    in_house: bool
    laboratory_open: bool
    """Whether the laboratory that runs it was named and is in use; says nothing in house."""
    diagnoses: tuple[str, ...]
    answers: dict[str, str]


def may_run(settings: Iterable[str], certificate: str | None) -> bool:
    """Whether a place with that CLIA certificate may run a test of these settings (42 CFR 493.15, .19, .20).

    Waived tests need any certificate, microscopy by the provider its own or a full one, anything else a full one.
    """
    if certificate is None:
        return False
    if certificate == FULL:
        return True
    return any(certificate in _MAY_RUN.get(setting, frozenset()) for setting in settings)


def sent_out(settings: Collection[str]) -> bool:
    """Whether a laboratory outside takes the test."""
    return "reference" in settings


def missing(line: Asked, *, signed: bool, provider: bool, certificate: str | None) -> tuple[str, ...]:
    """Codes of what one line lacks, in the order in which it is mended; none where it may be drawn.

    ``test``, ``provider``, ``diagnosis``, ``answer:<question>``, ``fasting``, ``clia``, ``laboratory``, ``signature``.
    """
    found: list[str] = []
    if line.test is None:
        found.append("test")
    if not provider:
        found.append("provider")
    if not line.diagnoses:
        found.append("diagnosis")
    if line.test is not None:
        found += [f"answer:{key}" for key in open_questions(line.test, line.answers)]
        if line.test.fasting == "required" and line.answers.get(FASTING) == "no":
            found.append(FASTING)
        if line.in_house and not may_run(line.test.settings, certificate):
            found.append("clia")
    if not line.in_house and not line.laboratory_open:
        found.append("laboratory")
    if not signed:
        found.append("signature")
    return tuple(found)


def open_questions(test: TestFacts, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of the questions that must be answered before the draw and are not."""
    return tuple(key for key in test.ask if key not in AT_THE_DRAW and not answers.get(key, "").strip())


def questions_of(tests: Sequence[TestFacts]) -> tuple[str, ...]:
    """Keys of all the questions of some tests, each once: what must be known now first, then what the draw tells."""
    keys = dict.fromkeys(key for test in tests for key in test.ask)
    return (*(key for key in keys if key not in AT_THE_DRAW), *(key for key in keys if key in AT_THE_DRAW))


class Lack(Value, frozen=True, kw_only=True):
    """What is missing, and what to do about it: message ids."""

    what: Saying
    remedy: str


_LACKS: dict[str, tuple[str, str]] = {
    "test": (N_("The catalogue no longer offers this test."), N_("Take the line off and order another test.")),
    "provider": (N_("No provider is named."), N_("Say who orders it.")),
    "diagnosis": (N_("A diagnosis is missing."), N_("Type it once: it serves all lines.")),
    "fasting": (N_("The patient is not fasting."), N_("Plan another day, or change the answer.")),
    "clia": (
        N_("The certificate of this place does not allow it in house."),
        N_("Send it to a laboratory."),
    ),
    "laboratory": (N_("The laboratory is missing or no longer in use."), N_("Choose a laboratory.")),
    "signature": (N_("The signature of a provider is missing."), N_("A provider signs the order.")),
}


def lack(code: str, questions: Mapping[str, str]) -> Lack:
    """The words of a code. ``questions`` holds the words of the questions by their key."""
    if code.startswith("answer:"):
        key = code.removeprefix("answer:")
        return Lack(what=Saying(questions.get(key, key)), remedy=N_("Answer the question."))
    what, remedy = _LACKS[code]
    return Lack(what=Saying(what), remedy=remedy)
