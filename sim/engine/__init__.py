"""Plays the cases of one replication through their tables and writes down what happened; the only room with SimPy.

Nothing is random here, nothing is looked up by name and no generator is resumed: a stretch of time costs one
turn of SimPy's queue of events, and a row in the log.
"""

from .log import ACTIVITY, CASE, RUN, Log
from .play import simulate

__all__ = ["ACTIVITY", "CASE", "RUN", "Log", "simulate"]
