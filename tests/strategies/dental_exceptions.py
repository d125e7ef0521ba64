"""What the fields of a dental claim that can be written cannot be, each with its rule."""

from __future__ import annotations

from tests.strategies.exceptions import ALWAYS_ABSENT as _ALWAYS_ABSENT
from tests.strategies.exceptions import NEVER_ABSENT as _NEVER_ABSENT
from tests.strategies.exceptions import ONE_VALUE as _ONE_VALUE

_PROFESSIONAL = ("authority.clia", "acts[].part.drug", "acts[].part.pointers", "part.diagnoses")
_LINE_PROVIDERS = ("part.assistant", "acts[].part.assistant")

ONE_VALUE = {
    **{path: why for path, why in _ONE_VALUE.items() if not path.startswith(_PROFESSIONAL)},
    "kind": "there is one kind of dental claim",
    "acts[].code.system": "a dental procedure is one of the CDT (SV301-1 AD)",
    "acts[].quantity.unit": "SV306 counts, without a unit",
    **{f"{place}.identifier.system": "a National Provider Identifier by definition" for place in _LINE_PROVIDERS},
    **{f"{place}.taxonomy.system": "a taxonomy code by definition" for place in _LINE_PROVIDERS},
}
NEVER_ABSENT = {path: why for path, why in _NEVER_ABSENT.items() if not path.startswith(_PROFESSIONAL)}
ALWAYS_ABSENT = {
    **_ALWAYS_ABSENT,
    "authority.clia": "an 837D has no REF*X4",
    "authority.clia.system": "an 837D has no REF*X4",
    "authority.clia.value": "an 837D has no REF*X4",
}
