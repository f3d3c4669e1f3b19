"""Charts of a comparison: the map of the process, a typical case, the spread of the cases, where the days go."""
