"""Verbs of the bench: load, check the right, decide with pure code, append facts and journal, commit once."""
