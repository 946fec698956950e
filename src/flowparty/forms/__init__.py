"""Official spreadsheets going out: blanks that a person can change, one writer."""
