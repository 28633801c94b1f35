"""What people are told of a running archive, by real servers."""
