"""Headings of notes, English and French, and what the text under each is worth.

``assessment``: what the provider concludes. ``problems``: lists of problems, chronic and gone. ``past``: conditions
before today. ``allergy``, ``family``, ``social``, ``review`` (of systems), ``story`` (what the patient tells),
``exam``, ``result``, ``plan``, ``act``.
"""

from __future__ import annotations

_NAMES = {
    "assessment": """
        a; ap; a p; a and p; assessment; assessment and plan; assessment plan; impression; impressions; diagnosis;
        diagnoses; final diagnosis; dx; dx 1; dx 2; dx 3; dx 4; diagnosis 1; diagnosis 2; clinical impression; imp;
        conclusion; diagnostic; diagnostics; diagnostic retenu; au total; synthese; evaluation; visit diagnoses;
        visit diagnosis; encounter diagnoses; discharge diagnosis; working diagnosis""",
    "problems": """
        problem list; problems; active problems; active problem list; problem list copied forward; chronic problems;
        liste des problemes; problemes; problemes actifs; current problems""",
    "past": """
        pmh; pmhx; past medical history; medical history; past history; past; phx; psh; past surgical history;
        surgical history; antecedents; atcd; antecedents personnels; antecedents medicaux; antecedents chirurgicaux;
        history of present and past; medical; ph""",
    "family": """
        fh; fhx; family; family history; family hx; fam hx; family medical history; antecedents familiaux; atcd
        familiaux; famille""",
    "social": "social; social history; sh; shx; habits; mode de vie; habitus; social hx",
    "review": """
        ros; review of systems; constitutional; eyes; ent; cardiac; cardiovascular; cv; respiratory; resp; gi; gu;
        gastrointestinal; genitourinary; musculoskeletal; msk; skin; neuro; neurologic; psych; psychiatric;
        endocrine; heme; hematologic; systemes; revue des systemes; interrogatoire systematique""",
    "allergy": "allergies; allergy; nkda; drug allergies; allergie",
    "story": """
        s; subjective; hpi; history of present illness; cc; chief complaint; interval history; history; reason;
        reason for visit; complaint; motif; motif de consultation; histoire; histoire de la maladie; anamnese;
        today; interval; parent concerns; presenting complaint; plainte""",
    "exam": """
        o; objective; exam; physical exam; pe; vitals; vital signs; examination; examen; examen clinique; neuro
        exam; oral exam; findings; physical examination; constantes""",
    "result": """
        lab; labs; result; results; imaging; x ray; x-ray; cxr; ecg; ekg; ua; ct; mri; ct chest; studies; data;
        resultat; resultats; biologie; imagerie; radiographie; laboratory; pathology; audiogram""",
    "plan": """
        p; plan; plans; tx plan; treatment plan; recommendations; disposition; follow up; follow-up; conduite; rx;
        conduite a tenir; traitement; orders; instructions; return precautions; cat; return; ordonnance; tx""",
    "act": "acts; procedure; procedures; actes; charges; immunizations given; lab acts only sheet",
}

HEADINGS: dict[str, str] = {
    " ".join(name.split()): section for section, names in _NAMES.items() for name in names.split(";")
}
"""Folded heading, one space between words, to its section."""
