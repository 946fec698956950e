"""Rules and values: pure, no clock, no files, nothing of ours but themselves."""
