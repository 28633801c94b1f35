"""Commands killed at any moment: `python -m tests.kills N`, `make kills N=500`."""
