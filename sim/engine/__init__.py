"""From a prepared scenario to rows: the cases, their programs, the officers, and the player."""
