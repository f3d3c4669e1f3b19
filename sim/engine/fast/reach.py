"""How compiled code finds rows: of those of a kind that begin at an address, the n-th from 0."""

from __future__ import annotations

import numpy as np

from sim.engine.fast import given
from sim.engine.fast import layout as at
from sim.engine.fast.memory import rows_of

states = rows_of(at.State)
cases = rows_of(at.Case)
cursors = rows_of(at.Cursor)
pools = rows_of(at.Pool)
servers = rows_of(at.Server)
guests = rows_of(at.Guest)
frames = rows_of(at.Frame)
events = rows_of(at.Event)
attempts = rows_of(at.Attempt, np.int32)
activities = rows_of(at.Activity, np.int32)
ended = rows_of(at.Ended, np.int32)
clocks = rows_of(given.Clock)
flows = rows_of(given.Flow)
nodes = rows_of(given.Node)
processes = rows_of(given.Process)
streams = rows_of(given.Stream)
programs = rows_of(given.Program)
sections = rows_of(given.Section)
lines = rows_of(given.Line)
supply = rows_of(given.Supply)
allowed = rows_of(given.Allowed)
crews = rows_of(given.Crew)
members = rows_of(given.Member)
panels = rows_of(given.Panel)
