"""The commands of ``flask lab``: a file a command, found by itself through its ``command``."""
