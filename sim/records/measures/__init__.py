"""The measures of a case."""
