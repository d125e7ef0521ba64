"""What the tests of the house's screens share: its lists, somebody to take on, and how a page is read."""

from __future__ import annotations

import re

LISTS = {
    "/house/practice": "practice.read",
    "/house/locations": "practice.read",
    "/house/staff": "practice.read",
    "/house/providers": "practice.read",
    "/house/payers": "practice.read",
    "/house/charges": "practice.read",
    "/house/printers": "practice.read",
    "/house/codes": "codes.read",
}
MEMBER = {"first": "Nora", "last": "Quist", "username": "nora", "roles": ["biller"], "profession": "", "active": "y"}


def seen(page: str) -> str:
    """What the page says it shows."""
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found, page
    return found.group(1)


def wrong(page: str) -> set[str]:
    """The ids of fields the page marks as wrong."""
    return set(re.findall(r'id="([\w-]+)-wrong"', page))
