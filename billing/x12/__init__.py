"""X12: the tables of each transaction, one reader and one writer for all of them."""
