"""The practice's commands."""
