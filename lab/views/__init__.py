"""A file a screen of the bench."""
