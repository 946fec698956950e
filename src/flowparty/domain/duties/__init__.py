"""What is owed on a day: rules of one duty each, from facts and a day, without a clock."""
