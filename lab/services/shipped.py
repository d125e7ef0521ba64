"""The shipped catalogue: the tables of reference/lab, read once."""

from __future__ import annotations

from functools import cache

from clinic.settings import ROOT
from lab.domain.catalogue_csv import read_holders, read_questions, read_tests
from lab.domain.whole_catalogue import Catalogue


@cache
def shipped() -> Catalogue:
    """Tests, containers and questions as they come with the program.

    Raises:
        RuntimeError: a row does not read; a test keeps that from being shipped.
    """
    folder = ROOT / "reference" / "lab"
    holders = read_holders((folder / "containers.csv").read_text(encoding="utf-8"))
    questions = read_questions((folder / "questions.csv").read_text(encoding="utf-8"))
    tests, faults = read_tests((folder / "tests.csv").read_text(encoding="utf-8"), holders, questions)
    if faults:
        raise RuntimeError("reference/lab/tests.csv: " + "; ".join(map(str, faults)))
    return Catalogue(tests=dict(sorted(tests.items())), holders=holders, questions=questions, origins={})
