"""HL7 version 2 at the door: a pure reader of result messages. No code texts of HL7 tables stand here."""
