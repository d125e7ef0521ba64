"""Fixtures of the code sets."""

from tests.fixtures.codes import code_library

__all__ = ["code_library"]
