"""Verbs of the practice: load, check right, decide, append facts and journal, commit once."""
