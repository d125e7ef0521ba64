"""How senders write: a file a sender, found by itself through its ``DIALECT``."""
