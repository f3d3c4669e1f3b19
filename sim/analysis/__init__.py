"""From replications to estimates, comparisons and verdicts."""
