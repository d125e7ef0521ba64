"""What results are called on screen: choices and analytes of the house's own table, flags, states. Message ids."""

from __future__ import annotations

from clinic.domain.words import N_

CHOICES = frozenset(
    {
        N_("negative"),
        N_("positive"),
        N_("trace"),
        N_("normal"),
        N_("absent"),
        N_("present"),
        N_("none"),
        N_("few"),
        N_("many"),
        N_("detected"),
        N_("not detected"),
        N_("presumptive positive"),
    }
)

ANALYTES = frozenset(
    {
        N_("Hemoglobin A1c"),
        N_("Lead, blood"),
        N_("Cholesterol"),
        N_("HDL cholesterol"),
        N_("Triglycerides"),
        N_("LDL cholesterol, calculated"),
        N_("Glucose, fasting"),
        N_("Glucose, 1 hour after 50 g"),
        N_("Glucose, fingerstick"),
        N_("Specific gravity"),
        N_("Leukocyte esterase"),
        N_("Nitrite"),
        N_("Protein"),
        N_("Glucose"),
        N_("Ketones"),
        N_("Urobilinogen"),
        N_("Bilirubin"),
        N_("Blood"),
        N_("Pregnancy (hCG), urine"),
        N_("Albumin, urine"),
        N_("Creatinine, urine"),
        N_("Albumin to creatinine"),
        N_("Amphetamine"),
        N_("Methamphetamine"),
        N_("Cocaine metabolite"),
        N_("Opiates"),
        N_("Oxycodone"),
        N_("Benzodiazepines"),
        N_("Cannabinoids"),
        N_("Buprenorphine"),
        N_("Strep A antigen"),
        N_("Influenza A antigen"),
        N_("Influenza B antigen"),
        N_("SARS-CoV-2 antigen"),
        N_("SARS-CoV-2 RNA"),
        N_("Influenza A RNA"),
        N_("Influenza B RNA"),
        N_("RSV RNA"),
        N_("Yeast or hyphae"),
        N_("Trichomonas"),
        N_("Clue cells"),
        N_("White cells"),
        N_("Fungal elements"),
        N_("Hemoglobin"),
        N_("Heterophile antibody"),
        N_("Hemoglobin in stool, immunochemical"),
        N_("Occult blood in stool, guaiac"),
    }
)

FLAGS: dict[str, tuple[str, str]] = {
    "L": (N_("low"), "warn"),
    "H": (N_("high"), "warn"),
    "A": (N_("abnormal"), "warn"),
    "LL": (N_("critically low"), "block"),
    "HH": (N_("critically high"), "block"),
    "AA": (N_("critical"), "block"),
}
"""Words and ink of each flag."""

STATUS: dict[str, str] = {
    "preliminary": N_("preliminary"),
    "final": N_("final"),
    "corrected": N_("corrected"),
    "cancelled": N_("not run"),
}
SOURCES: dict[str, str] = {
    "bench": N_("run in house"),
    "fhir": N_("came as FHIR"),
    "hl7v2": N_("came as HL7"),
    "replay": N_("from a replay"),
}
