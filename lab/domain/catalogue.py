"""What a test asks: the values of the catalogue. Volumes are microlitres, durations minutes, both whole numbers."""

from __future__ import annotations

from typing import Literal

from clinic.domain.value import Value

Condition = Literal["room", "refrigerated", "frozen", "on_ice"]
"""Where a container stands. On ice counts as refrigerated."""

SeparatedBy = Literal["spin", "aliquot"]
"""What takes serum or plasma off the cells: the end of the spin (gel, or kept on packed cells), or pouring off."""

Aliquots = Literal["no", "yes", "optional", "if_frozen"]
Fasting = Literal["no", "preferred", "required"]


class TestFacts(Value, frozen=True, kw_only=True):
    """One row of the catalogue. What is None was not stated by the source; a stability of 0 is not acceptable."""

    __test__ = False  # pytest takes classes by their name

    key: str
    name: str
    category: str
    settings: tuple[str, ...]
    """``reference`` (sent out), ``poc`` (waived, in house), ``ppm`` (microscopy by the provider)."""
    specimen: str
    """In plain words: serum, urine, whole blood EDTA."""
    container: str
    """A key of the containers' table."""
    method: str | None = None
    """HL7 table 0488: ``VENIP``, ``CAP``, ``SWA``, ``BIO`` …"""
    loinc: str | None = None
    specimen_code: str | None = None
    """HL7 table 0487."""
    snomed: str | None = None
    min_volume_ul: int | None = None
    pediatric_volume_ul: int | None = None
    """Enough where the patient is small; the lab may then not repeat the test."""
    on_ice: bool = False
    """On ice from the draw."""
    drink_minutes: int | None = None
    """The draw is this long after the end of a drink."""
    drink_slack_minutes: int | None = None
    transfer_within_minutes: int | None = None
    """From the cup into this container."""
    clot_minutes: int | None = None
    rcf_g: int | None = None
    spin_minutes: int | None = None
    separate_within_minutes: int | None = None
    separated_by: SeparatedBy | None = None
    separate_if: str | None = None
    """The question (its key) whose answer ``no`` makes the limit of separation fall away."""
    aliquots: Aliquots | None = None
    incubate_within_minutes: int | None = None
    incubate_minutes: int | None = None
    incubate_most_minutes: int | None = None
    read_from_minutes: int | None = None
    """In-house reading, counted from when the test was started."""
    read_until_minutes: int | None = None
    fix: bool = False
    """Into fixative at once; its start is recorded."""
    fix_minutes: int | None = None
    fix_most_minutes: int | None = None
    storage: tuple[Condition, ...] = ()
    """Where it is to be kept, the preferred first."""
    room_minutes: int | None = None
    refrigerated_minutes: int | None = None
    frozen_minutes: int | None = None
    fasting: Fasting | None = None
    fasting_hours: int | None = None
    preparation: tuple[str, ...] = ()
    """What the patient does before; plain words of our own."""
    handling: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    """Keys of the questions' table, asked when ordering."""
    companions: tuple[str, ...] = ()
    """Keys of the tests ordered along with it: a second piece of the specimen in another container."""
    procedures: tuple[str, ...] = ()
    """CPT or HCPCS numbers, all billed together; numbers only."""
    choices: tuple[str, ...] = ()
    """Numbers of which one is billed, by how it was done; the first unless said otherwise."""
    dental: tuple[str, ...] = ()
    """CDT numbers."""
    waived: bool = False
    """CLIA-waived where it is done in house: QW, unless one of the nine exempt numbers."""
    targets: int | None = None
    """How many results of one number it gives: each after the first is billed with 59."""
    ncd: str | None = None
    result_days: int | None = None
    """After how many days without a result it is ``not back yet``."""
    confidence: str | None = None
    uncertain: tuple[str, ...] = ()
    source: str | None = None
    note: str | None = None


class Holder(Value, frozen=True, kw_only=True):
    """A kind of container: a row of the containers' table."""

    key: str
    name: str
    kind: str
    """``tube``, ``cup``, ``swab``, ``vial``, ``bottle``, ``slide``, ``card``, ``jar``, ``jug``, ``direct``."""
    cap: str
    """The colour's key: ``gold``, ``lavender``, ``light_blue`` … ``none``."""
    additive: str | None = None
    """HL7 table 0371."""
    draw_order: int | None = None
    """Place in the order of draw (CLSI GP41 as publicly taught), None where nothing is drawn."""
    inversions: int | None = None
    capacity_ul: int | None = None
    fill_ul: int | None = None
    """To be filled to this, whatever the tests ask (citrate, kits)."""
    gel: bool = False
    pieces: tuple[str, ...] = ()
    """Where one is a set: the cap of each piece in its order."""
    serves_one: bool = False
    """Never shared by two tests."""
