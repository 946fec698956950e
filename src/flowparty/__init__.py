"""flowparty: the working book of the clerk who looks after mobile Party members."""
