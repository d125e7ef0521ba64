"""How many examples a property gets: a seeded sample in `sh run test`, the full count in `sh run prove`."""

import os


def count(small: int, full: int) -> int:
    """``full`` under CABINET_PROVE=1, else ``small``."""
    return full if os.environ.get("CABINET_PROVE") == "1" else small
