"""Verbs of billing."""
