"""Readers one would pick instead of ours, measured on the same files.

1 readers        each of them on one file, in the Python of an environment of its own
2 environments   these environments: what is installed in which, made on first use
3 grading        which figures of a report stand in their row and column in an answer
"""
