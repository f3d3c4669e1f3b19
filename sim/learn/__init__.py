"""From a city's own records to evidence: what was measured, how surely, and what cannot be told."""
