"""Keys of foreign things are the same in Python and in SQL; what was decided once loads for ever."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select

from clinic.base import db
from clinic.domain.mapping import LONGEST, TARGETS, UNDECIDED, Decision, coded_key
from clinic.services.mapping_uses import foreign_key
from tests.counts import count

WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x1F600, exclude_categories=("Cs",)), max_size=LONGEST + 20
)
DECIDED_1 = b"""{"kind": "problem", "key": "snomed|38341003", "words": "Hypertension",
 "before": {"provider_id": null, "location_id": null, "payer_id": null, "charge_id": null, "system": null, "code": null,
            "not_ours": false},
 "after": {"provider_id": null, "location_id": null, "payer_id": null, "charge_id": null, "system": "icd10cm",
           "code": "I10", "not_ours": false}}"""
"""``mapping.decided`` and ``mapping.taken_back``, version 1, as they are stored."""


class Body(msgspec.Struct, forbid_unknown_fields=True):
    kind: str
    key: str
    words: str
    before: Decision
    after: Decision


def test_the_first_version_of_the_facts_loads() -> None:
    body = msgspec.json.decode(DECIDED_1, type=Body)
    assert (body.before, body.after) == (UNDECIDED, Decision(system="icd10cm", code="I10"))
    assert set(TARGETS.values()) < set(Decision.__struct_fields__)


def test_python_and_the_database_make_one_key(app) -> None:
    @settings(max_examples=count(60, 2000))
    @given(st.none() | WORDS, st.none() | WORDS, WORDS)
    def agree(system, code, words) -> None:
        made = db.session.scalar(select(foreign_key(literal(system), literal(code), literal(words))))
        assert made == coded_key(system, code, words)

    agree()
