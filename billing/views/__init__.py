"""Billing's screens."""
