"""The demo's bench: a laboratory, devices and places, and a week of specimens carried through all steps."""
