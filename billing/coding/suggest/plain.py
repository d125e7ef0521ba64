"""Words that name no condition in running text, though a title or a table of words for search has them."""

from __future__ import annotations

from billing.coding.suggest.title import form

_PARTS = """
    hand foot knee elbow shoulder hip wrist ankle thumb finger toe head neck trunk arm leg eye ear nose tooth skin
    bone joint muscle nerve tongue lip cheek forehead scalp thigh calf back chest abdomen jaw gum mouth throat lungs
    lung sinus coronary macular thyroid prostate appendix gallbladder valve iris axis atlas astragalus achilles
    bursa adenoid adenoids mastoid meniscus bronchial mucus sputum phlegm tonsil tonsils disc spine nail hair tags
    tmj"""

_PLAIN = """
    pain mass lesion exercise screening other disease disorder injury injuries injured wound wounds burn swelling
    growth fracture infection inflammation neoplasm poisoning weakness weak pressure stress stressed blood male
    female adult child cold heat light stiffness deformity contact contacts contracture tear tearing rupture cyst
    ulcer ulcers abscess polyp polyps stricture obstruction spasm spasms discharge exposure observation counseling
    history presence absence problem state procedure examination test class stage type first second third fourth
    mild moderate severe acute chronic recurrent sequela initial subsequent underdosing swallowing walking bathing
    sleep drug alcohol tobacco smoke smokes smoking smoker cigarettes water fire flood activity dance single married
    sibling twin prolonged late early excessive insufficient low high normal abnormal elevated decreased increased
    positive negative both upper lower anterior posterior medial lateral median radial ulnar complete partial total
    localized generalized general multiple minor major unspecified specified lump lumps bump irritation bleeding
    medical dental surgical condition symptom sign complication impacted impaction retained distress abrasion
    laceration contusion sprain strain strained dislocation bite sting foreign body crush crushed amputation
    puncture open closed displaced loss block degeneration insufficiency death illness shock allergy allergies
    hypersensitivity dissection hemorrhage corrosion immersion hanging cocaine cancer malignancy carcinoma worry
    worries worrying starvation suffocation trauma rhogam swollen temp temps temperature pulse weight height
    appetite vitals vital bmi pressure rate rhythm accident cut cuts hit bumped jumped fall falls fell fallen
    falling fight mower collision altercation assault assaulted attacked battered shot tick trampoline tripped wreck
    skinned sliced sliver splinter thorn hurt hurts hurting knocked drip wind gas gassy lactose limp runs soiling
    sterile urgency hesitancy torsion ache aching costo fibro overuse spastic afraid aggression anger angry
    breakdown chew chews clenching coke collapse collapsed crack crank crazy drained drinking drunk emotional faint
    fear fears flashbacks huffing hyper ill irritable nerves obsessions pot purging quivering rage rituals sad
    seizing shakes shaking speed spinning spins stealing temper thirst trans violent whippets altitude bloodshot
    choke glasses eyeglasses grommets hack refraction ringing shiner squint asbestos bloodless burnout cholesterol
    clot clots corn expecting fat flush flushed fungus hairy hypo knot lipid lipids mole moles nits pale scar scars
    scratch scratching skinny sugar sugars sweat sweats triglycerides triglyceride tetanus dip snuff heroin cannabis
    marijuana divorce runs sterility overexertion impotent infertile pregnancy pregnant menses period periods calf
    gravid hive rashes breakouts wreck swelling gambling hoarding tantrums worm worms boil plague retainer retainers
    braces denture dentures guard endo perio ortho rouge rouges rougeur extraction extractions filling crown
    cleaning scaling implant bridge sealant surgery biopsy still down up caffeine lyme lbd mechanical partial walk
    run stool urine sneeze dose overdose feet vaccine vaccination immunization newborn delivery labor"""

PLAIN = frozenset(map(form, f"{_PARTS} {_PLAIN}".split()))
"""By themselves; two of them together may well name one: "knee pain"."""

_PAIRS = """
    occlusal guard; night guard; upper denture; lower denture; lower partial; root canal; wisdom teeth; blood
    pressure; stop smoking; weight loss program; blood sugar; heart rate; family history; knee replacement; hip
    replacement; eye exam; hearing test; blood test; urine test; birth control; heart valve; first aid; follow up;
    quit smoking; stress echo; weight gain"""

PLAIN_TOGETHER = frozenset(" ".join(sorted(map(form, pair.split()))) for pair in _PAIRS.split(";"))
"""Words together that still name none: they are measured, done or talked about."""

_SHORT = """
    ed er pe pt mr mrs ms mg ml kg cm mm as ad od os ou or al am pm pa ap it at in on no hr rr bp hs si cp ct mri
    rct fit cmp ipv lad pda ssi rom ace arb cpap cxr ecg ekg echo lmp ppd pft tsh ldl hdl alt ast bun gfr ros hpi
    pmh gas pat icd cbc inr psa dip pip mcp dob dos rec sup inf med lat ant post mod sev prn bid tid qid po im iv sc
    id ie eg et al all may mar jan feb apr jun jul aug sep oct nov dec mo wk yr yo hx fx dx tx rx sx nkda nad wnl
    aid aids sad cad2 gad7 phq fit dexa dxa pap cat hep hav hbv tdap mmr td ivf iud wbc rbc hgb hct plt mcv cta abg
    srp rtc sob2 esr crp"""

AMBIGUOUS = frozenset(_SHORT.split())
"""Abbreviations that mean something else in notes as often."""
