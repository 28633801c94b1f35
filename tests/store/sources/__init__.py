"""Sources, in the database."""
