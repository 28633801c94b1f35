"""People with an account, in the database."""
