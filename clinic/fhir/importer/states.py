"""States as claims write them. Some houses spell them out.

Facts: the two-letter abbreviations of USPS Publication 28, appendix B.
"""

from __future__ import annotations

from typing import Final

STATES: Final[dict[str, str]] = {
    name.casefold(): code
    for code, name in (
        pair.split(" ", 1)
        for pair in (
            *("AL Alabama", "AK Alaska", "AZ Arizona", "AR Arkansas", "CA California", "CO Colorado"),
            *("CT Connecticut", "DE Delaware", "DC District of Columbia", "FL Florida", "GA Georgia", "HI Hawaii"),
            *("ID Idaho", "IL Illinois", "IN Indiana", "IA Iowa", "KS Kansas", "KY Kentucky", "LA Louisiana"),
            *("ME Maine", "MD Maryland", "MA Massachusetts", "MI Michigan", "MN Minnesota", "MS Mississippi"),
            *("MO Missouri", "MT Montana", "NE Nebraska", "NV Nevada", "NH New Hampshire", "NJ New Jersey"),
            *("NM New Mexico", "NY New York", "NC North Carolina", "ND North Dakota", "OH Ohio", "OK Oklahoma"),
            *("OR Oregon", "PA Pennsylvania", "RI Rhode Island", "SC South Carolina", "SD South Dakota"),
            *("TN Tennessee", "TX Texas", "UT Utah", "VT Vermont", "VA Virginia", "WA Washington"),
            *("WV West Virginia", "WI Wisconsin", "WY Wyoming", "PR Puerto Rico", "GU Guam", "AS American Samoa"),
            *("VI Virgin Islands", "MP Northern Mariana Islands"),
        )
    )
}


def state_code(text: str | None) -> str | None:
    """The two letters of a state that is spelled out; any other text as it stands."""
    return STATES.get(text.strip().casefold(), text) if text else None
