"""The words of the dental side: those of its tables, marked for translation (a test holds them to the tables)."""

from __future__ import annotations

from clinic.domain.words import N_

STATES = {
    "prepared": N_("being prepared"),
    "sent": N_("at the laboratory"),
    "try_in": N_("here to be tried in"),
    "received": N_("back, to be seated"),
    "seated": N_("seated"),
    "remade": N_("made again"),
    "cancelled": N_("cancelled"),
}
FACTS = {
    "case.opened": N_("Opened"),
    "case.changed": N_("Changed"),
    "case.moved": N_("Seat visit moved"),
    "case.disinfected": N_("Disinfected"),
    "case.sent": N_("Sent"),
    "case.returned": N_("Back from the laboratory"),
    "case.tried": N_("Tried in"),
    "case.seated": N_("Seated"),
    "case.remade": N_("To be made again"),
    "case.cancelled": N_("Cancelled"),
    "case.noted": N_("Note"),
    "case.undone": N_("Taken back"),
}
RECORDS = {"impression": N_("impression"), "scan": N_("digital scan")}
JAWS = {"upper": N_("upper"), "lower": N_("lower"), "both": N_("upper and lower")}
MATERIALS = {
    "zirconia": N_("zirconia"),
    "lithium_disilicate": N_("lithium disilicate"),
    "feldspathic": N_("feldspathic porcelain"),
    "porcelain_metal": N_("porcelain on metal"),
    "full_metal": N_("metal"),
    "resin": N_("resin"),
    "titanium": N_("titanium"),
    "acrylic": N_("acrylic"),
    "cobalt_chrome": N_("cobalt chrome"),
    "flexible": N_("flexible or thermoformed"),
    "wire": N_("wire"),
    "wax": N_("wax"),
}
LIES_WITH = {
    "laboratory": N_("with the laboratory"),
    "practice": N_("with us"),
    "patient": N_("with the patient"),
    "unknown": N_("not said"),
}
WORK: frozenset[str] = frozenset(
    {
        N_("Crown"),
        N_("Crown on an implant"),
        N_("Bridge"),
        N_("Bridge on implants"),
        N_("Veneer"),
        N_("Inlay or onlay"),
        N_("Post and core"),
        N_("Implant abutment"),
        N_("Denture"),
        N_("Partial denture"),
        N_("Reline of a denture"),
        N_("Repair of a denture"),
        N_("Bite rim"),
        N_("Custom tray"),
        N_("Night guard"),
        N_("Retainer"),
        N_("Aligner"),
        N_("Bleaching tray"),
        N_("Sleep appliance"),
        N_("Space maintainer"),
        N_("Surgical guide"),
    }
)
REASONS: frozenset[str] = frozenset(
    {
        N_("The margin is open"),
        N_("It does not seat"),
        N_("A contact is open"),
        N_("A contact is too tight"),
        N_("The bite is high"),
        N_("The shade does not match"),
        N_("The shape is not as asked"),
        N_("It is made of another material"),
        N_("It broke at the laboratory or on its way"),
        N_("The impression or scan is not usable"),
        N_("The bite record is wrong"),
        N_("The preparation was changed"),
        N_("Something else was asked for later"),
        N_("It broke at try-in or seating"),
        N_("It broke or came loose in the mouth"),
        N_("The tooth was lost or treated otherwise"),
        N_("The patient does not accept it"),
        N_("Another reason"),
    }
)
