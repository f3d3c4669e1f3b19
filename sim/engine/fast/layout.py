"""The rows that the compiled player reads and writes: the tables, the state of a play, and what it writes down.

A column that ends in nothing else is a number or the number of a row; those called an address say so.
"""

from __future__ import annotations

from sim.engine.fast.memory import Row, columns, rows_of

# -- tables --------------------------------------------------------------------------------------------


class Clock(Row):
    """A clock; `starts`, `ends` and `totals` are the addresses of its openings."""

    always: int
    horizon: int
    openings: int
    starts: int
    ends: int
    totals: int
    last: int
    """The opening found last: time goes on, and the next is often the same."""


class Flow(Row):
    """A process version; its nodes stand at `width` times its number."""

    nodes: int


class Node(Row):
    """A node; what comes after it, and what is done again when it fails, are numbers from one place to another."""

    bit: int
    """Its number in its flow."""
    place: int
    """How far behind the row of a case stands how often the case has begun it, and behind that the bits of what the
    case still waits for there."""
    waits: int
    """Address of the words of bits of the nodes before it."""
    after: int
    after_end: int
    again: int
    again_end: int
    active: int
    """Address of a switch by case; 0 where all cases go through it."""
    program: int
    """Of the first attempt; NONE where it is not made yet."""


class Process(Row):
    """The cases of a process in order of arrival; addresses, `urgent` 0 where none is."""

    cases: int
    times: int
    flows: int
    urgent: int
    next: int
    """The case that comes next."""


class Stream(Row):
    """Files of other matters at a pool; `times` and `seconds` are addresses."""

    pool: int
    files: int
    times: int
    seconds: int
    next: int


class Program(Row):
    """What an attempt consists of: its main section, then its branches.

    What is known by case has an address, 0 where nothing is, and so many bytes from case to case.
    """

    section: int
    program: int
    """The program of the next attempt; NONE where it is not made yet."""
    flags: int
    flags_step: int
    papers: int
    papers_step: int
    visits: int
    visits_step: int
    unit: int
    """What the time for papers that come later is counted in."""
    clock: int
    within: int
    within_step: int
    supply: int
    supply_end: int


class Section(Row):
    """The lines of a program that are carried out one after another."""

    line: int
    end: int


class Line(Row):
    """An instruction; its seconds by case have an address, and so many bytes from case to case."""

    op: int
    category: int
    where: int
    staff: int
    seconds: int
    seconds_step: int


class Supply(Row):
    """Papers that come later: on which clock the seconds by case pass."""

    clock: int
    seconds: int
    seconds_step: int


# -- state ---------------------------------------------------------------------------------------------


class Case(Row):
    """A case under way; behind the row stand the bits of the nodes left, of those running, and more by `Node.place`."""

    index: int
    process: int
    flow: int
    arrived: int
    urgent: int
    refused: int
    over: int
    cursors: int
    """Its attempts and branches that are not over."""
    next: int
    """The next free row."""


class Cursor(Row):
    """An attempt, or a branch of one, at its place in a program."""

    id: int
    case: int
    index: int
    urgent: int
    node: int
    """Its row, counted over all flows."""
    nth: int
    cause: int
    ready: int
    program: int
    line: int
    end: int
    accepted: int
    submitted: int
    decided: int
    flags: int
    parent: int
    pending: int
    since: int
    over: int
    pool: int
    category: int
    staff: int
    seconds: int
    queued: int
    """What it has asked for last, and since when."""
    server: int
    next: int
    """Who stands behind it in line, or the next free row."""


class Pool(Row):
    """A queue: first and last of its two lines, when it looks again, and its groups of officers."""

    urgent: int
    urgent_last: int
    normal: int
    normal_last: int
    wake: int
    always: int
    """Whether all its officers are always on duty."""
    server: int
    end: int


class Server(Row):
    """Officers of one group."""

    clock: int
    free: int


class Frame(Row):
    """What is to be done at once: with a cursor, or with a case at a node."""

    what: int
    whom: int
    node: int
    """The row of the node; of one that is over, its bit."""
    place: int
    end: int
    """What is still to be looked at."""
    cause: int


class State(Row):
    """All there is: counters, the addresses of rows of every kind, and how many of them there are and fit."""

    now: int
    order: int
    attempt: int
    open: int
    """Cases that have not come to their end."""
    words: int
    """Words of bits that all nodes of a flow take."""
    width: int
    """Nodes that a flow has at most."""
    margin: int
    """Rows of a kind that one thing that happens may take."""
    office: int
    epoch: int
    """The day of the calendar on which the play starts."""
    days: int
    working: int
    workdays: int
    numbers: int
    """Days of the calendar, an address that tells which are working days; how many are, and an address of which."""
    flows: int
    nodes: int
    following: int
    repeated: int
    processes: int
    process_count: int
    streams: int
    stream_count: int
    pools: int
    servers: int
    clocks: int
    panels: int
    """By panel: the clock of its sittings."""
    programs: int
    sections: int
    lines: int
    supply: int
    keys: int
    events: int
    """What will happen: by its key, the moment times `ORDERS` and in which order it was planned; and what, to whom."""
    events_used: int
    events_room: int
    frames: int
    frames_used: int
    frames_room: int
    cursors: int
    cursors_used: int
    cursors_room: int
    cursors_free: int
    cases: int
    case_size: int
    """Bytes from the row of a case to the next."""
    cases_used: int
    cases_room: int
    cases_free: int
    attempts: int
    attempts_used: int
    attempts_room: int
    activities: int
    activities_used: int
    activities_room: int
    ended: int
    ended_used: int
    ended_room: int
    wanted: int
    wanted_nth: int
    fault: int
    fault_clock: int
    fault_time: int
    fault_seconds: int


# -- what is written down ------------------------------------------------------------------------------


class Attempt(Row):
    """A row of the log, as `sim.records.log.ATTEMPT` has it."""

    attempt: int
    case: int
    flow: int
    node: int
    nth: int
    cause: int
    ready: int
    accepted: int
    decided: int
    finished: int
    flags: int
    papers: int
    visits: int


class Activity(Row):
    """A row of the log, as `sim.records.log.ACTIVITY` has it."""

    attempt: int
    main: int
    category: int
    pool: int
    staff: int
    queued: int
    started: int
    ended: int
    busy: int


class Ended(Row):
    """A row of the log, as `sim.records.log.CASE` has it."""

    case: int
    process: int
    flow: int
    arrived: int
    finished: int
    last: int
    refused: int


# -- how rows are found, and the numbers that stand in them ----------------------------------------------

states = rows_of(State)
clocks = rows_of(Clock)
flows = rows_of(Flow)
nodes = rows_of(Node)
processes = rows_of(Process)
streams = rows_of(Stream)
programs = rows_of(Program)
sections = rows_of(Section)
lines = rows_of(Line)
supply = rows_of(Supply)
cases = rows_of(Case)
cursors = rows_of(Cursor)
pools = rows_of(Pool)
servers = rows_of(Server)
frames = rows_of(Frame)
attempts = rows_of(Attempt)
activities = rows_of(Activity)
ended = rows_of(Ended)

LEFT = columns(Case).itemsize
"""How far behind the row of a case the bits of the nodes left stand."""
NONE, ELSEWHERE = -1, -2
"""No row; the parent of what is outside the scenario."""
RESUME, RELEASE, ARRIVE, OTHER, AWAKE = range(5)
"""What happens at a moment, and to which cursor, process, stream or pool: that one's row times `KINDS`, and which."""
KINDS, ORDERS = 8, 1 << 28
PLAY, ROOTS, BEGIN, LOOK = range(4)
"""What is done at once."""
DONE, WANT, ROOM = range(3)
"""Why the player stops: nothing is left to happen, a program has to be made first, or some rows need room."""
ADD, IS_OPEN, NEXT_OPEN, BETWEEN, PERIOD_END = range(1, 6)
"""What a clock could not tell, for time has run out."""
