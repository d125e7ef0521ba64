"""The release of ICD-10-CM: building, opening, lookup and search, beside SQLite over the same rows in the same run.

SQLite is the peer that comes with Python: a WITHOUT ROWID table for lookup, and FTS5 with bm25 and prefix indexes over
displays and further names for search. Both sides answer the same queries with their ten best, made from titles of the
release itself with a fixed seed: words in any order, the last one cut short, as they are typed.

    python -m bench.codes [QUERIES] [ROUNDS]
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from clinic.codes.built_in import make_tabular
from clinic.codes.library import Library
from clinic.codes.reader import ReleaseFile
from clinic.codes.tokens import words

ON = date(2026, 3, 2)
SYSTEM = "icd10cm"


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


FRENCH = (
    "hypertension artérielle", "diabète de type 2", "insuffisance cardiaque", "fracture du col du fémur",
    "mal de gorge",
    "infection urinaire", "entorse de la cheville", "douleur thoracique", "asthme", "carie dentaire", "otite moyenne",
)  # fmt: skip

MEMORY = """
import sys
from datetime import date
from pathlib import Path
from clinic.codes.library import Library

def held():
    lines = dict(line.split(":", 1) for line in open("/proc/self/status"))
    return [int(lines[name].split()[0]) for name in ("RssAnon", "VmRSS")]

before = held()
library = Library(Path(sys.argv[1]))
for query in sys.stdin.read().splitlines():
    library.search(query, "icd10cm", date(2026, 3, 2), 10)
print(*((now - then) / 1024 for now, then in zip(held(), before)))
"""


def worker_mb(codes: Path, queries: list[str]) -> list[float]:
    """What a worker's memory grows by over opening and these queries: its own, and with pages of files all share."""
    command = [sys.executable, "-c", MEMORY, str(codes)]
    done = subprocess.run(command, input="\n".join(queries), capture_output=True, text=True, check=True)
    return [float(number) for number in done.stdout.split()]


def queries_of(file: ReleaseFile, count: int) -> list[str]:
    """What might be typed: one to four words of a title in any order, the last cut to three letters or more."""
    chance = random.Random(20260302)
    made: list[str] = []
    while len(made) < count:
        title = words(file.entry(chance.randrange(len(file))).display)
        some = chance.sample(title, min(len(title), chance.randint(1, 4)))
        made.append(" ".join([*some[:-1], some[-1][: chance.randint(3, 12)]]))
    return made


def as_typed(queries: list[str]) -> list[str]:
    """The same with what people make of it: a slip in every fourth, and French between them."""
    chance = random.Random(20261124)
    mixed: list[str] = []
    for number, typed in enumerate(queries):
        query = typed
        if number % 4 == 0 and len(query) > 5:
            at = chance.randrange(1, len(query) - 1)
            query = chance.choice(
                [query[:at] + query[at + 1 :], query[:at] + query[at + 1] + query[at] + query[at + 2 :]]
            )
        mixed.append(FRENCH[number // 8 % len(FRENCH)] if number % 8 == 1 else query)
    return mixed


def cpu(search: Callable[[str], object], queries: list[str]) -> list[float]:
    """Seconds of processor time of each query: what others do on the machine does not count."""
    found = []
    for query in queries:
        start = time.process_time()
        search(query)
        found.append(time.process_time() - start)
    return found


def sqlite_peer(path: Path) -> sqlite3.Connection:
    """The same rows in SQLite, opened as it would be to serve: read-only, immutable and mapped."""
    making = sqlite3.connect(path)
    making.execute("CREATE TABLE code (value TEXT PRIMARY KEY, display TEXT, billable INTEGER) WITHOUT ROWID")
    making.execute("CREATE VIRTUAL TABLE title USING fts5(value UNINDEXED, display, also, prefix='2 3 4')")
    _, contents = make_tabular()
    display: dict[str, str] = {}
    for row in contents.rows:
        above = display.get(row.parent or "", "")
        display[row.value] = f"{above}, {row.display}" if row.suffix else row.display
    rows = [(row.value, display[row.value], row.billable, "; ".join(row.titles)) for row in contents.rows]
    making.executemany("INSERT INTO code VALUES (?, ?, ?)", [row[:3] for row in rows])
    making.executemany("INSERT INTO title VALUES (?, ?, ?)", [(row[0], row[1], row[3]) for row in rows])
    making.execute("INSERT INTO title(title) VALUES ('optimize')")
    making.commit()
    making.close()
    peer = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, cached_statements=16)
    peer.execute("PRAGMA mmap_size=268435456")
    return peer


def peer_search(peer: sqlite3.Connection, query: str) -> list[tuple[str, str, int]]:
    """FTS5's ten best by bm25, every word as a beginning."""
    asked = " ".join(f'"{word}"*' for word in words(query))
    return peer.execute(
        "SELECT title.value, title.display, code.billable FROM title JOIN code ON code.value = title.value "
        "WHERE title MATCH ? ORDER BY bm25(title) LIMIT 10",
        (asked,),
    ).fetchall()


def show(name: str, ours: float, peer: float, unit: str, *, more_is_better: bool = False) -> None:
    ratio = ours / peer if more_is_better else peer / ours
    print(f"{name:<40}{ours:>12,.3f} {unit:<5}{peer:>14,.3f} {unit:<5}{ratio:>8.1f} x")


_Spent = list[tuple[str, list[float], list[float]]]


def compared(
    library: Library, peer: sqlite3.Connection, lists: tuple[tuple[str, list[str]], ...], rounds: int
) -> _Spent:
    """Processor seconds of each query of each list, ours and the peer's, in turns."""
    spent: _Spent = [(name, [], []) for name, _ in lists]
    library.search("opens what is opened once", SYSTEM, ON, 10)
    peer_search(peer, "opens what is opened once")
    for _ in range(rounds):
        for (_name, ours, theirs), (_, queries) in zip(spent, lists, strict=True):
            ours.extend(cpu(lambda query: library.search(query, SYSTEM, ON, 10), queries))
            theirs.extend(cpu(lambda query: peer_search(peer, query), queries))
    return spent


def main(arguments: list[str] | None = None) -> None:
    given = [int(argument) for argument in (sys.argv[1:] if arguments is None else arguments)]
    count, rounds = (given + [2000, 3][len(given) :])[:2]
    with tempfile.TemporaryDirectory() as folder:
        codes, base = Path(folder) / "codes", Path(folder) / "peer.db"
        build = seconds(lambda: Library(codes).releases())
        peer_build = seconds(lambda: sqlite_peer(base).close())
        path = codes / "icd10cm--fy2026-april.codes"
        open_ms = median(seconds(lambda: Library(codes).releases()) for _ in range(20)) * 1000
        file = ReleaseFile(path)
        values = [file.entry(at).value for at in random.Random(7).sample(range(len(file)), 20_000)]
        queries = queries_of(file, count)
        del file
        peer_open = median(
            seconds(lambda: sqlite3.connect(base).execute("SELECT 1 FROM code").fetchone()) for _ in range(20)
        )
        library, peer = Library(codes), sqlite_peer(Path(folder) / "peer2.db")

        def status() -> None:
            for value in values:
                library.status(SYSTEM, value, ON)

        def peer_lookup() -> None:
            for value in values:
                peer.execute("SELECT value, display, billable FROM code WHERE value = ?", (value,)).fetchone()

        def lookup() -> None:
            for value in values:
                library.lookup(SYSTEM, value, ON)

        status_first = seconds(status) / len(values) * 1e6
        looked = min(seconds(lookup) for _ in range(rounds)) / len(values) * 1e6
        peer_looked = min(seconds(peer_lookup) for _ in range(rounds)) / len(values) * 1e6
        status_again = min(seconds(status) for _ in range(rounds)) / len(values) * 1e6
        one = min(
            seconds(lambda: [library.lookup(SYSTEM, "S52521A", ON) for _ in range(20_000)]) for _ in range(rounds)
        )
        mixed = as_typed(queries)
        spent = compared(library, peer, (("search", queries), ("typed, slips and French", mixed)), rounds)
        peer.close()
        print(
            f"ICD-10-CM, {path.stat().st_size / 1e6:.1f} MB; {count} queries, {rounds} rounds; "
            f"SQLite {sqlite3.sqlite_version}\n"
        )
        print(f"{'':<40}{'Cabinet':>18}{'SQLite, FTS5':>20}")
        show("build, once", build, peer_build, "s")
        show("open all releases", open_ms, peer_open * 1000, "ms")
        show("lookup, 20,000 different codes", looked, peer_looked, "us")
        show("lookup, one code again", one / 20_000 * 1e6, peer_looked, "us")
        show("status, at first", status_first, peer_looked, "us")
        show("status, again", status_again, peer_looked, "us")
        for name, mine, peers in spent:
            show(
                f"{name}, of processor time", len(mine) / sum(mine), len(peers) / sum(peers), "q/s", more_is_better=True
            )
            show(f"{name}, p50", median(mine) * 1000, median(peers) * 1000, "ms")
            show(f"{name}, p95", quantiles(mine, n=20)[-1] * 1000, quantiles(peers, n=20)[-1] * 1000, "ms")
            show(f"{name}, slowest", max(mine) * 1000, max(peers) * 1000, "ms")
        fresh = Library(codes)
        own, mapped = worker_mb(codes, queries + mixed)
        first = seconds(lambda: fresh.search("diabetes", SYSTEM, ON, 10))
        print(
            f"\nfirst search of a process, opening included: {first * 1000:.1f} ms; "
            f"a worker's own memory grows by {own:.1f} MB over all queries, "
            f"{mapped:.1f} MB with shared pages of the files"
        )


if __name__ == "__main__":
    main()
