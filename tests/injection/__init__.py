"""Faults of the system put into a command's own system calls, one point after the other."""
