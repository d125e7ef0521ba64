"""Laboratory tests that are waived under CLIA, as far as a practice does them: numbers from the public CMS list."""

from __future__ import annotations

EXEMPT = frozenset({"81002", "81025", "82270", "82272", "82962", "83026", "84830", "85013", "85651"})
"""Waived by their code, whatever kit is used: no modifier QW (Medicare Claims Processing Manual, chapter 16, 70.8)."""

WAIVED = frozenset(
    {
        "80061", "80305", "82043", "82274", "82465", "82570", "82947", "82950", "82985", "83036", "83037", "83655",
        "83718", "84443", "84450", "84460", "84478", "85014", "85018", "85576", "85610", "86308", "86318", "86703",
        "87502", "87631", "87637", "87651", "87804", "87807", "87808", "87811", "87880", "87905", "G0433", "G0475",
    }
)  # fmt: skip
"""Waived with a kit that is on the list: then modifier QW says so."""
