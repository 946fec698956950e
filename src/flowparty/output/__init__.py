"""What the screen shows: one list of columns feeds every format."""
