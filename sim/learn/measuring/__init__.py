"""What records tell of each quantity, with an interval, or why they do not tell it."""
