"""Words that change what a mention says, English and French, by our own observation of notes.

The idea that such words have a reach is that of NegEx and ConText (Chapman and others, 2001 and 2009); the lists are
our own. A cue is written as it is typed; articles and "de" between its words do not count.
"""

from __future__ import annotations

import re
from typing import Literal

from billing.coding.suggest.title import form
from clinic.codes.tokens import fold

Kind = Literal["negated", "history", "family", "uncertain", "confirmed", "none"]
"""Confirmed: takes back a doubt before it. None: looks like a cue and is none."""

AHEAD: dict[Kind, str] = {
    "negated": """
        no; not; nor; denies; deny; denied; denying; without; no evidence of; no sign of; no signs of; negative
        for; neg for; absence of; free of; never; never had; none of; does not have; doesn't have; did not have;
        no known; no current; no further; no new; rules out; ruled out; ruled out for; excluded; not have; lack
        of; lacks; declines; no history of; no hx of; no h/o; no prior; cleared of; isn't; wasn't; neither; pas;
        pas de; ne pas; aucun; aucune; absence; sans; nie; nie toute; nient; non; jamais; ni; exclu; exclue;
        elimine; eliminee; ecarte; ecartee; pas notion de; negatif pour; indemne de""",
    "history": """
        history of; hx of; hx; status post; previous; previously; prior; past history of; personal history of;
        former; formerly; remote; recovered from; discharged; post op day; recent admission for; admitted for;
        used to have; antecedent de; antecedents de; antecedent; atcd de; ancien; ancienne; opere de; operee de;
        a eu; sorti apres""",
    "family": """
        family history of; family hx of; family history; fh of; fhx of; mother; father; brother; sister; mom;
        mum; dad; aunt; uncle; grandmother; grandfather; grandparent; cousin; sibling; parents; son; daughter;
        twin; niece; nephew; half-sister; half-brother; maternal; paternal; mere; pere; frere; soeur; tante;
        oncle; grand-mere; grand-pere; fils; fille; parents; cousin; cousine; antecedents familiaux de""",
    "uncertain": """
        probable; probably; possible; possibly; suspected; suspect; suspicion of; suspicious for; likely; less
        likely; most likely; unlikely; presumed; presumptive; questionable; question of; concern for; concerned
        about; concerning for; rule out; to exclude; exclude; evaluate for; evaluation for; eval for; assess
        for; check for; check; obtain; repeat; monitor for; look for; screen for; screening for; screened for;
        to screen; screen; work-up for; workup for; versus; vs; differential; ddx; differential includes;
        consistent with; compatible with; could be; may be; might be; might have; may have; consider; considered
        for; doubt; worried about; worry about; asks about; working diagnosis; working diagnosis of; appears to
        be; indicative of; suggestive of; suggests; suggest; would suggest; pending for; test for; tests for;
        risk of; risk for; at risk for; prevention of; prophylaxis for; return if; return for; come back if; rtc
        if; call for; call if; go to ed for; go to ed if; er for; er if; ed for; ed if; to er if; if; watch for;
        watch vitality for; watch; in case of; should; until; unless; refer for; avoid in; hold if; precautions
        for; precautions; educated about; counselled about; information about; desires; will refer; for
        possible; afraid of; protects against; vaccinate against; contraindicated in; planned for; glucose
        screen; r/o; probablement; suspecte; suspectee; suspicion; suspicion de; eventuel; eventuelle; evoque;
        evoquant; a eliminer; eliminer; recherche de; rechercher; a la recherche de; depistage de; depistage;
        compatible avec; en faveur de; vraisemblable; crainte de; doute sur; revoir si; reconsulter si; rappeler
        si; consulter si; si; en cas de; surveiller; surveillance de; risque de; prevention de; evoquer;
        discuter""",
    "confirmed": "confirmed; confirmed by; confirmee; confirme; proven; biopsy proven",
    "none": """
        no change; no change in; no increase in; not only; no longer; no better; no worse; no relief; not at
        goal; not well controlled; no improvement; not improving; no further change; no doubt; not controlled;
        no problem; not limited to; no new complaints; no better; if not better; if no better; not resolved; not
        healed; no response; without difficulty; if needed; if necessary; as needed; si besoin; non equilibre;
        non equilibree; non controle; non controlee; pas mieux; pas seulement; none at rest; past due""",
}
"""They speak of what follows."""

BEHIND: dict[Kind, str] = {
    "negated": """
        declined; refused; deferred; denied; is denied; are denied; ruled out; was ruled out; were ruled out;
        has been ruled out; excluded; was excluded; considered and excluded; was considered and excluded;
        negative; neg; : none; : no; : negative; : denied; : denies; : neg; none; none seen; not seen; not
        present; absent; not found; not evident; not detected; not confirmed; was not confirmed; unremarkable;
        has resolved; resolved; normal; negatif; negative; absent; absente; exclu; exclue; ecarte; ecartee;
        elimine; eliminee; : non; : neant; : aucun; non retrouve; non retrouvee; non confirme; non confirmee""",
    "history": """
        resolved; has resolved; healed; fully recovered; recovered; in remission off treatment; treated in; as a
        child; as infant; as an infant; as a teenager; in childhood; in college; in the past; years ago; year
        ago; guerie; gueri; gueris; resolue; resolu; dans l'enfance; il y a; ancien; ancienne""",
    "family": """
        in brother; in sister; in mother; in father; in grandmother; in grandfather; in aunt; in uncle; in
        cousin; in siblings; in parents; in mom; in dad; in son; in daughter; in both parents; chez mere; chez
        pere; chez frere; chez soeur; chez sa mere; chez son pere; in family; dans la famille""",
    "uncertain": """
        suspected; is suspected; was suspected; possible; probable; is possible; is likely; likely; unlikely;
        doubtful; questionable; cannot be excluded; can't be excluded; not excluded; cannot be ruled out; can't
        be ruled out; not ruled out; needs to be ruled out; to be ruled out; to be excluded; in the
        differential; ?; pending; suspectee; suspecte; a eliminer; a confirmer; eventuel; eventuelle;
        vraisemblable; ne peut etre exclue; ne peut etre exclu; screen offered; screening; screen; screen
        ordered; test ordered; titer; work-up; work up; workup""",
    "confirmed": "confirmed; confirmed by; is confirmed; confirmee; confirme",
    "none": "not resolved; not healed; not ruled out",
}
"""They speak of what stands before."""

_STOP_WORDS = """
    but however though although except aside apart because which whereas since now today ; mais cependant sauf car
    puisque so presents reports takes has is are"""
STOPS = frozenset(_STOP_WORDS.split())
"""Words that end the reach of what was said before them."""

_TALKING_WORDS = """
    asks ask asked says said reports report reported states state stated notes noted worried worries concerned
    concern brought brings accompanied wants thinks feels present interpreting interprets denies deny denied helps
    calls called dit rapporte signale inquiete inquiet accompagne demande here requests declines aware"""
TALKING = frozenset(_TALKING_WORDS.split())
"""A relative who does this tells of the patient."""

_COMPANY_WORDS = """with by her his the and accompanied avec sa son"""
COMPANY = frozenset(_COMPANY_WORDS.split())

_SKIPPED_WORDS = """a an the any of de d du des la le les l un une toute tout"""
_SKIPPED = frozenset(_SKIPPED_WORDS.split())
_WORD = re.compile(r"[0-9a-z]+|[?:]")


def cue_words(text: str) -> tuple[str, ...]:
    """A cue as the tokens of a note are compared."""
    return tuple(word for word in (form(each) for each in _WORD.findall(fold(text))) if word not in _SKIPPED)


def skipped(word: str) -> bool:
    """Whether a word may stand between the words of a cue."""
    return word in _SKIPPED


def compiled(table: dict[Kind, str]) -> dict[tuple[str, ...], Kind]:
    """The cues of a table by their words."""
    return {cue_words(cue): kind for kind, cues in table.items() for cue in cues.split(";") if cue.strip()}
