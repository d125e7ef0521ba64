"""How the fields of a test are called on its page, in which group they stand, and what may be chosen."""

from __future__ import annotations

from clinic.domain.words import N_

GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        N_("The test"),
        (
            ("name", N_("Name"), ""),
            ("category", N_("Category"), ""),
            ("settings", N_("Where it is run"), ""),
            ("result_days", N_("Result expected after"), N_("days")),
            ("loinc", N_("LOINC"), ""),
        ),
    ),
    (
        N_("Specimen and container"),
        (
            ("specimen", N_("Specimen"), ""),
            ("container", N_("Container"), ""),
            ("method", N_("Collection method"), N_("HL7 table 0488")),
            ("specimen_code", N_("Specimen code"), N_("HL7 table 0487")),
            ("snomed", N_("Specimen, SNOMED CT"), ""),
            ("min_volume_ul", N_("Smallest volume"), "µL"),
            ("pediatric_volume_ul", N_("Smallest volume, children"), "µL"),
            ("companions", N_("Ordered along with it"), N_("keys of tests")),
        ),
    ),
    (
        N_("Before and at the draw"),
        (
            ("fasting", N_("Fasting"), ""),
            ("fasting_hours", N_("Fasting for"), N_("hours")),
            ("preparation", N_("What the patient does"), N_("one a line")),
            ("ask", N_("Asked when ordering"), ""),
            ("on_ice", N_("On ice from the draw"), ""),
            ("drink_minutes", N_("Drawn after the drink"), N_("minutes")),
            ("drink_slack_minutes", N_("give or take"), N_("minutes")),
        ),
    ),
    (
        N_("At the bench"),
        (
            ("transfer_within_minutes", N_("Into this container within"), N_("minutes")),
            ("clot_minutes", N_("Clots for"), N_("minutes")),
            ("rcf_g", N_("Spun at"), "g"),
            ("spin_minutes", N_("Spun for"), N_("minutes")),
            ("separate_within_minutes", N_("Off the cells within"), N_("minutes")),
            ("separated_by", N_("Taken off the cells by"), ""),
            ("separate_if", N_("Only unless answered no"), N_("key of a question")),
            ("aliquots", N_("Poured off"), ""),
            ("incubate_within_minutes", N_("Into the incubator within"), N_("minutes")),
            ("incubate_minutes", N_("Incubated for at least"), N_("minutes")),
            ("incubate_most_minutes", N_("and at most"), N_("minutes")),
            ("read_from_minutes", N_("Read not before"), N_("minutes")),
            ("read_until_minutes", N_("and not after"), N_("minutes")),
            ("fix", N_("Into fixative at once"), ""),
            ("fix_minutes", N_("Fixed for at least"), N_("minutes")),
            ("fix_most_minutes", N_("fixed at most"), N_("minutes")),
            ("handling", N_("To be minded"), N_("one a line")),
        ),
    ),
    (
        N_("How long it keeps"),
        (
            ("storage", N_("Kept"), N_("the preferred first, one a line")),
            ("room_minutes", N_("At room temperature"), N_("minutes; 0: not acceptable")),
            ("refrigerated_minutes", N_("Refrigerated"), N_("minutes; 0: not acceptable")),
            ("frozen_minutes", N_("Frozen"), N_("minutes; 0: not acceptable")),
        ),
    ),
    (
        N_("Billing"),
        (
            ("procedures", N_("Numbers billed together"), N_("one a line")),
            ("choices", N_("Numbers of which one is billed"), N_("one a line, the usual first")),
            ("dental", N_("CDT numbers"), N_("one a line")),
            ("waived", N_("CLIA-waived in house"), ""),
            ("targets", N_("Results of one number"), ""),
            ("ncd", N_("Coverage rule"), N_("CMS number")),
        ),
    ),
    (
        N_("Where this comes from"),
        (
            ("confidence", N_("Confidence"), ""),
            ("uncertain", N_("Uncertain fields"), N_("one a line")),
            ("source", N_("Source"), ""),
            ("note", N_("Note"), ""),
        ),
    ),
)
"""Heading, then field, label and unit or hint."""

LABELS: dict[str, str] = {name: label for _heading, fields in GROUPS for name, label, _hint in fields}
HINTS: dict[str, str] = {name: hint for _heading, fields in GROUPS for name, _label, hint in fields}

CHOICES: dict[str, dict[str, str]] = {
    "settings": {
        "reference": N_("sent out"),
        "poc": N_("in house, waived"),
        "ppm": N_("in house, microscopy by the provider"),
    },
    "fasting": {"no": N_("no"), "preferred": N_("preferred"), "required": N_("required")},
    "aliquots": {
        "no": N_("no"),
        "optional": N_("if wanted"),
        "if_frozen": N_("if it is frozen"),
        "yes": N_("always"),
    },
    "separated_by": {"spin": N_("the end of the spin"), "aliquot": N_("pouring off")},
    "storage": {
        "room": N_("room temperature"),
        "refrigerated": N_("refrigerated"),
        "frozen": N_("frozen"),
        "on_ice": N_("on ice"),
    },
}
"""The words of what may be chosen."""
ORIGINS = {"base": N_("shipped"), "practice": N_("practice"), "laboratory": N_("laboratory")}
