"""Ways to a label printer. Only bytes go there: nothing here knows what a label says, or touches the database."""
