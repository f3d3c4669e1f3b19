"""The rows that the compiled player reads and writes: the state of a play, and what it writes down.

A column that ends in nothing else is a number or the number of a row; those called an address say so.
"""

from __future__ import annotations

from sim.engine.fast.row import Row, columns

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
    id: int
    parent: int
    accepted: int
    submitted: int
    decided: int
    told: int
    """When it was first told what is missing."""
    visits: int
    """Visits made, where they are fewer than its program has."""
    since: int
    """Since when it waits for branches."""
    flags: int
    pending: int
    opinions: int
    """Its branches of each kind that are under way."""
    holds: int
    """Moments to come at which silence may be consent."""
    over: int
    released: int
    """Whether nobody waits for it any more: an answer that silence gave, or a branch that is over."""
    group: int
    """Of a branch: what it is there for, a `Beside`."""
    joins: int
    waits: int
    """For which branches it waits, and what that time is."""
    pool: int
    category: int
    staff: int
    seconds: int
    queued: int
    """What it has asked for last, and since when."""
    server: int
    next: int
    """Who stands behind it in line, or the next free row."""
    missing: int
    held: int
    held_last: int
    """Of a visit: how many pools have sent nobody yet; who came first and last."""
    crew: int


class Pool(Row):
    """A pool: its groups of officers, and who waits for them: in a queue, or in a line that knows every turn."""

    server: int
    end: int
    """Its groups, as numbers from one to before another."""
    queue: int
    """Whether it is a queue."""
    begun: int
    urgent: int
    urgent_last: int
    normal: int
    normal_last: int
    visit: int
    visit_last: int
    """The first and the last of each part of a queue."""
    wake: int
    gathered: int
    """When it looks again; when it last looked for all that left at the same moment."""
    always: int
    """Whether all its officers are always on duty."""
    hands_on: int
    last: int
    """In a line: when the last in it starts; nobody after it starts earlier."""
    others: int
    """Files of other matters that come to the line."""
    others_times: int
    others_came: int
    others_seconds: int
    others_starts: int
    others_ends: int
    """Addresses: when they come, that by the clock of the officers, how long they take, when they start and end."""
    joined: int
    """How many have joined the line."""


class Server(Row):
    """Officers of one group."""

    clock: int
    count: int
    free: int
    """In a queue: how many are free."""
    moments: int
    """In a line: the address of when each is free, the first first, and behind that as many moments that never come."""


class Guest(Row):
    """Officers of a pool who are asked to join a visit, and come."""

    cursor: int
    member: int
    """Which of the crew they are, a row."""
    server: int
    next: int
    """Who stands behind them in line, then who came after them; or the next free row."""


class Event(Row):
    """What will happen: when, and what to whom."""

    key: int
    """Of the moment, of whether it comes first then, and of the order in which it was planned."""
    event: int


class Frame(Row):
    """What is to be done at once: with a cursor, or with a case at a node."""

    what: int
    whom: int
    node: int
    """The row of the node, or of the one that is over."""
    place: int
    end: int
    """What is still to be looked at."""
    cause: int


class State(Row):
    """All there is: counters, the addresses of rows of every kind, and how many of them there are and fit."""

    begun: int
    """Whether the first cases are planned."""
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
    pool_count: int
    clocks: int
    panels: int
    close: int
    """The moment up to which files of other matters join the lines in the end."""
    closed: int
    latest: int
    """Whether they have; when the last of them ends."""
    programs: int
    sections: int
    lines: int
    supply: int
    allowed: int
    crews: int
    members: int
    events: int
    hole: int
    """Whether the first of them happens now, so that its place may be filled."""
    events_used: int
    events_room: int
    frames: int
    frames_used: int
    frames_room: int
    cursors: int
    cursors_used: int
    cursors_room: int
    cursors_free: int
    guests: int
    guests_used: int
    guests_room: int
    guests_free: int
    cases: int
    case_size: int
    """Bytes from the row of a case to the next; a case is known by how many there are before its row."""
    case_words: int
    """Words behind the row of a case."""
    moments: int
    """Moments among them that are kept of each node: two where any is watched."""
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
    fault_of: int
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


# -- the numbers that stand in them ---------------------------------------------------------------------

LEFT = columns(Case).itemsize
"""How far behind the row of a case the bits of the nodes left stand."""
ZERO, ONE = 0, 1
"""For arguments: of a number that is written out the compiler makes a function of its own."""
NONE, ELSEWHERE = -1, -2
"""No row; the parent of what is outside the scenario."""
RESUME, RELEASE, PART, LEAVE, ARRIVE, OTHER, AWAKE, GATHER, CONSENT = range(9)
"""What happens at a moment, and to which cursor, process, stream or pool: that one's row times `KINDS`, and which."""
KINDS, ORDERS = 16, 1 << 28
NEVER = (1 << 63) - 1
PLAY, ROOTS, BEGIN, LOOK = range(4)
"""What is done at once."""
DONE, WANT, ROOM, CLOSE = range(4)
"""Why the player stops: all is over, a program has to be made first, some rows need room, or there must be room for
what became of the files of other matters, as nothing is left to happen."""
ADD, IS_OPEN, NEXT_OPEN, BETWEEN, BEGINS, PERIOD_END, SITTING = range(1, 8)
"""What a clock, the calendar or a panel could not tell, for time has run out."""
STEPS = 16
"""Things done before the player looks again whether there is room."""
