"""Who imports."""

import pytest


@pytest.fixture
def actor(practice):
    """Who may import."""
    return practice.actor("biller")
