"""The practice's screens."""
