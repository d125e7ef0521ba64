"""Fixtures of the code sets."""

import pytest

from clinic.codes.library import Library
from clinic.codes.reader import ReleaseFile
from tests.fixtures.codes import code_library

__all__ = ["code_library"]


@pytest.fixture(scope="session")
def icd10cm(code_library: Library) -> ReleaseFile:
    """The ICD-10-CM that comes with the installation, as a file."""
    return ReleaseFile(code_library.folder / "icd10cm--fy2026-april.codes")
