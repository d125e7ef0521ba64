"""What is asked when a test is ordered: values of the questions' table, and which answers count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from clinic.domain.value import Value
from lab.domain.catalogue import TestFacts

Kind = Literal["yes_no", "text", "date_time", "choice", "number"]


class Question(Value, frozen=True, kw_only=True):
    """A row of the questions' table."""

    key: str
    words: str
    """The question itself, a message id (marked in ``catalogue_words``)."""
    kind: Kind
    options: tuple[str, ...] = ()
    """Where it is a choice: what may be answered."""


def asked(tests: Sequence[TestFacts], answers: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of the questions still open for some tests, each once, in the order the tests ask them."""
    keys = dict.fromkeys(key for test in tests for key in test.ask)
    return tuple(key for key in keys if not answers.get(key, "").strip())
