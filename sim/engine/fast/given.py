"""The rows of the tables that the compiled player reads.

A column that ends in nothing else is a number or the number of a row; those called an address say so.
"""

from __future__ import annotations

from sim.engine.fast.row import Row


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
    day: int
    """Seconds of each day of a clock of equal days; 0 for a clock of seconds."""
    base: int
    before: int
    length: int
    """What such a clock knows of each opening, addresses: see `DayClock`."""


class Panel(Row):
    """A panel; `moments` and `deadlines` are the addresses of when it sits, and of when a file must be there."""

    at_most: int
    """Files that a sitting takes; NONE where it takes any number."""
    sittings: int
    moments: int
    deadlines: int
    number: int
    taken: int
    """The sitting that fills up, and the places taken in it."""


class Flow(Row):
    """A process version; its nodes stand at `width` times its number."""

    nodes: int
    blank: int
    """Address of the words behind the row of a case of which nothing has begun."""


class Node(Row):
    """A node; what comes after it, and what is done again when it fails, are numbers from one place to another."""

    number: int
    """Its number in its flow."""
    word: int
    mask: int
    """How far behind others the word with its bit stands, and that bit."""
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
    watched: int
    """Whether others start so long after it."""
    program: int
    """Of the first attempt; NONE where it is not made yet."""


class Process(Row):
    """The cases of a process in order of arrival; addresses, `urgent` 0 where none is."""

    cases: int
    measured: int
    """Cases up to the last that is measured; those after it only come while one of these is under way."""
    times: int
    flows: int
    urgent: int
    next: int
    """The case that comes next."""


class Stream(Row):
    """Files of other matters that come one by one to a queue; `times` and `seconds` are addresses."""

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
    line: int
    end: int
    """Its main section, as a row, and the lines of it."""
    program: int
    """The program of the next attempt; NONE where it is not made yet."""
    flags: int
    flags_step: int
    papers: int
    papers_step: int
    visits: int
    visits_step: int
    deferral: int
    supply: int
    supply_end: int
    """By when papers must have come that come later; what they take, as numbers from one to before another."""
    corrections: int
    told: int
    told_step: int
    each: int
    each_step: int
    """By when an application must be complete; visits to hand it in, and each time that it is put right."""
    silences: int
    """The first of the times after which silence is consent."""


class Allowed(Row):
    """A time that somebody is allowed: what it is counted in, and how long it is by case."""

    unit: int
    clock: int
    within: int
    within_step: int


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


class Crew(Row):
    """Officers of several pools who work together: its members, as numbers from one to before another."""

    member: int
    end: int
    clocks: int
    """Address of the clocks by which they are all on duty, one for each choice of a group in every pool."""


class Member(Row):
    """How many officers a crew has from a pool, and how far its next group is in the clocks of the crew."""

    pool: int
    staff: int
    step: int


class Supply(Row):
    """Papers that come later: on which clock the seconds by case pass."""

    clock: int
    seconds: int
    seconds_step: int
