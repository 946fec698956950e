"""Other people's spreadsheets coming in: find the heading, clean the cell, judge the row."""
