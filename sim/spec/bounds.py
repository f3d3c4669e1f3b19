"""How far the numbers of a spec may go: within these bounds no time can overflow, and no loop goes on without end."""

from __future__ import annotations

from sim.core.workdays import DAY

LEAST, MOST = 1e-9, 1e12
"""Smallest and largest number in a file, 0 apart."""
YEARS = 20
"""Years that one stretch of time may last: longer ones run past every calendar."""
LONGEST = YEARS * 366 * DAY
"""The same in seconds."""
SURELY = 0.9999
"""Share of the draws from a distribution that must keep the bound of what is drawn."""
SPREAD = 100
"""How many times the median a 90 % quantile may be: beyond, a handful of cases would decide every mean."""
RETURNS = 0.95
"""Highest chance of having to do something again: twenty rounds on average."""
PASSES = 100
"""How often a case may go through a step on average."""
FACTOR = 100
"""Highest factor of a limit."""
OFFICERS = 100_000
"""Most officers of one group."""
CREW = 100
"""Most officers at once on one case."""
TIMES = 100
"""Most visits, or whatever else is counted for one case by the dozen."""
FIELDS = 10_000
"""Most fields of a form."""
YEARLY = 1e9
"""Most cases of a process in a year."""
CASES = 100_000
"""Most cases of a process in one replication: more do not fit into the memory of an office computer."""
REPLICATIONS = 1_000
"""Most replications."""
STEPS = 2_000
"""Most steps of a process, those of the processes that it calls included."""
CALLS = 20
"""Most calls inside one another."""
