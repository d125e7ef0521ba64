"""A tabular list of a few codes, in the official layout."""

XML = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
  <version>2026</version>
  <introduction><introSection type="title"><title>Small list</title></introSection></introduction>
  <chapter>
    <name>19</name>
    <desc>Injuries (S00-T88)</desc>
    <excludes1><note>birth trauma (P10-P15)</note></excludes1>
    <sectionIndex><sectionRef first="S00" last="S09" id="S00-S09">Head</sectionRef></sectionIndex>
    <section id="S00-S09">
      <desc>Injuries to the head (S00-S09)</desc>
      <diag>
        <name>S06</name>
        <desc>Intracranial injury</desc>
        <includes><note>traumatic brain injury</note></includes>
        <sevenChrNote><note>The appropriate 7th character is to be added, except as noted below</note></sevenChrNote>
        <sevenChrDef>
          <extension char="A">initial encounter</extension>
          <extension char="D">subsequent encounter</extension>
          <extension char="S">sequela</extension>
        </sevenChrDef>
        <notes><note>7th characters D and S do not apply to codes in category S06 with 6th character 7 - death due to
          the injury, or 8 - death due to another cause.</note></notes>
        <diag>
          <name>S06.0</name>
          <desc>Concussion</desc>
          <inclusionTerm><note>Commotio cerebri</note></inclusionTerm>
          <diag placeholder="true">
            <name>S06.0X</name>
            <desc>Concussion</desc>
            <diag><name>S06.0X0</name><desc>Concussion without loss of consciousness</desc></diag>
            <diag><name>S06.0X7</name><desc>Concussion with death before waking</desc></diag>
          </diag>
        </diag>
      </diag>
    </section>
  </chapter>
  <chapter>
    <name>20</name>
    <desc>Causes (V00-Y99)</desc>
    <section id="W19">
      <desc>Unspecified fall (W19)</desc>
      <diag>
        <name>W19</name>
        <desc>Unspecified fall</desc>
        <sevenChrDef><extension char="A">initial encounter</extension></sevenChrDef>
      </diag>
    </section>
    <section id="Y90-Y99">
      <desc>Supplementary (Y90-Y99)</desc>
      <diag>
        <name>Y92</name>
        <desc>Place</desc>
        <diag><name>Y92.0</name><desc>Home</desc></diag>
        <diag>
          <name>Y92.1</name>
          <desc>School</desc>
          <excludes2><note>home (Y92.0)</note></excludes2>
        </diag>
      </diag>
    </section>
  </chapter>
</ICD10CM.tabular>
"""
"""Codes: S060X0A, S060X0D, S060X0S, S060X7A, W19XXXA, Y920, Y921."""
