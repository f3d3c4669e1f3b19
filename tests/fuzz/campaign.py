"""Thousands of spoiled inputs, each within bounds of time and memory, and a count of how they ended.

    python -m tests.fuzz.campaign --inputs 20000 --seed 1
    python -m tests.fuzz.campaign --inputs 100000 --seed 2 --play 40
    python -m tests.fuzz.campaign --seed 1 --only 4711 --keep input

The first goes through inputs 0 to 19,999 of seed 1, plays those that hold, and ends with exit code 1 if one did not end
as it should; stopped by Ctrl-C it counts what it has done. The second reads and checks all, prepares those that hold,
and plays one of forty. The third tries one of them again and keeps its files. Each worker is a process of its own: one
that is killed or hangs is an end of its input, and the next input goes on in another.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from tests.fuzz.ends import SECONDS, End, end_of, remembered_texts
from tests.fuzz.inputs import Desk, made, plain
from tests.fuzz.seeds import seeds

MEMORY = 500
"""Megabytes that an input may take beyond what the program holds before it."""
WHOLE = 50
"""Of so many inputs that are played one has its whole report written, charts and page."""
SLOW = 1.0
"""Seconds of the processor above which an input is counted as slow."""
EVERY = 500
"""Inputs after which it is told how far the campaign is."""
BATCH = 2000
"""Inputs that one process goes through."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the campaign, print its counts, and return the exit code."""
    asked = _asked(words)
    if asked.batch:
        return _batch(asked.seed, asked.play, *asked.batch)
    if asked.only is not None:
        return _one(asked.seed, asked.only, asked.keep)
    began, kinds, bad, slow = time.monotonic(), Counter[str](), dict[str, list[int]](), dict[str, list[float]]()
    with suppress(KeyboardInterrupt):  # what is counted is told
        for number, end in _ends(asked):
            kinds[end.kind] += 1
            if kinds.total() % EVERY == 0:
                print(f"… {kinds.total()} of {asked.inputs}: {dict(kinds)}", file=sys.stderr, flush=True)
            if end.seconds > SLOW:
                how = "with a whole report" if _whole(number, asked.play) else end.kind
                slow.setdefault(how, []).append(end.seconds)
                print(f"{number}: {how}, {end.seconds:.1f} s", flush=True)
            if not end.fine:
                known = bad.setdefault(f"{end.kind}: {end.said}", [])
                known.append(number)
                if len(known) == 1:
                    print(f"{number}: {end.kind}: {end.said}", flush=True)
    _tell(kinds, bad, slow, time.monotonic() - began)
    return 1 if bad else 0 if kinds.total() == asked.inputs else 130


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.campaign", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--inputs", type=int, default=20_000, help="how many inputs")
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--play", type=int, default=1, metavar="N", help="play one of N inputs that hold; 1: all")
    parser.add_argument("--workers", type=int, default=1, help="processes")
    parser.add_argument("--only", type=int, help="number of the one input that is tried")
    parser.add_argument("--keep", type=Path, help="folder in which the files of that one are left")
    parser.add_argument("--batch", type=int, nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args(words)


def _whole(number: int, play: int) -> bool:
    """Whether an input that is played has its whole report written."""
    return number % (play * WHOLE) == 0


def _tell(kinds: Counter[str], bad: dict[str, list[int]], slow: dict[str, list[float]], seconds: float) -> None:
    print(f"\n{kinds.total()} inputs in {seconds:.0f} s")
    for kind, count in kinds.most_common():
        print(f"  {count:7} {kind}")
    print(f"  {sum(map(len, slow.values())):7} took more than {SLOW:g} s of the processor")
    for how, took in slow.items():
        print(f"          {len(took)} of them {how}, {max(took):.1f} s at most")
    for said, numbers in sorted(bad.items(), key=lambda item: -len(item[1])):
        print(f"{len(numbers)} times, first input {numbers[0]}: {said}")


def _one(seed: int, number: int, keep: Path | None) -> int:
    found = made(seed, number)
    with tempfile.TemporaryDirectory() as folder:
        root = Desk((keep or Path(folder)) / "input").lay(found.files)
        end = end_of(root, whole=True)
    print(f"{found.name}: {end.kind}: {end.said} ({end.seconds:.2f} s)")
    return 0 if end.fine else 1


def _batch(seed: int, play: int, first: int, after: int) -> int:
    """Try some inputs and print how each ended, a line before and a line after it."""
    os.environ["XDG_CACHE_HOME"] = os.devnull  # what was found of one input is not known of the next
    with tempfile.TemporaryDirectory() as folder, remembered_texts():
        desk = Desk(Path(folder) / "input")
        end_of(desk.lay(plain(seeds()[0]).files), whole=True)  # what is loaded once is no input's
        for number in range(first, after):
            print(json.dumps({"number": number}), flush=True)
            resource.setrlimit(resource.RLIMIT_DATA, (_held() + MEMORY * 2**20, resource.RLIM_INFINITY))
            last = int(time.process_time() + 2 * SECONDS)  # for what no handler of signals can end
            resource.setrlimit(resource.RLIMIT_CPU, (last, resource.RLIM_INFINITY))
            files = made(seed, number).files
            end = end_of(desk.lay(files), play=number % play == 0, whole=_whole(number, play))
            print(json.dumps({"number": number, **asdict(end)}), flush=True)
    return 0


def _held() -> int:
    """Bytes of data that this process holds, texts of earlier inputs included."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (kilobytes,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmData:"))
    return int(kilobytes) * 1024


def _ends(asked: argparse.Namespace) -> Iterator[tuple[int, End]]:
    """Yield each input's number and its end, as they come."""
    batches: queue.SimpleQueue[tuple[int, int]] = queue.SimpleQueue()
    for start in range(asked.first, asked.first + asked.inputs, BATCH):
        batches.put((start, min(start + BATCH, asked.first + asked.inputs)))
    found: queue.SimpleQueue[tuple[int, End]] = queue.SimpleQueue()
    words = [sys.executable, "-m", "tests.fuzz.campaign", "--seed", str(asked.seed), "--play", str(asked.play)]
    threads = [threading.Thread(target=_work, args=(words, batches, found), daemon=True) for _ in range(asked.workers)]
    for thread in threads:
        thread.start()
    for _ in range(asked.inputs):
        yield found.get()


def _work(
    words: list[str], batches: queue.SimpleQueue[tuple[int, int]], found: queue.SimpleQueue[tuple[int, End]]
) -> None:
    """Go through batches, each in a process; where one dies in an input, that was its end, and another goes on."""
    while not batches.empty():
        start, after = batches.get()
        while start < after:
            for number, end in _run(words, start, after):
                found.put((number, end))
                start = number + 1


def _run(words: list[str], start: int, after: int) -> Iterator[tuple[int, End]]:
    """Yield the ends of some inputs that one process tries."""
    batch = [*words, "--batch", str(start), str(after)]
    process = subprocess.Popen(batch, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    under_way = start
    try:
        while line := process.stdout.readline():
            told = json.loads(line)
            under_way = told.pop("number")
            if told:
                yield under_way, End(**told)
                under_way += 1
    finally:
        process.kill()
        said = process.stderr.read().strip().rpartition("\n")[2]
        code = process.wait()
    if under_way < after:
        yield under_way, End("died", f"exit {code} {said}"[:300])


if __name__ == "__main__":
    sys.exit(main())
