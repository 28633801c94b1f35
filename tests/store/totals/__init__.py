"""What many reports say together, against sums made one by one."""
