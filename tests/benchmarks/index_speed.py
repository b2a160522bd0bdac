"""Measure the index against stock Whoosh, SQLite FTS5 and tantivy, and print a table.

    python tests/benchmarks/index_speed.py [--sizes 2000 20000 100000] [--folder DIR]
                                           [--runs 5] [--engines incipit fts5 ...]
                                           [--json FILE] [--cache DIR]

A class of queries is measured by the time that many of it take together, each asked once, so
that no answer is remembered, and divided by their number: it is for the slow ones that people
wait. It is the processor's time, for the keys of the best 50 documents (this program finds all
with all hits, tantivy counts them), the median of several runs, in which the engines take turns.
The median over the queries is in the JSON too. Ratios are to this
program's index (2.0x: twice as slow as it). Memory is of all processes together, maps of files
included. Stock Whoosh is measured at the smallest size only. With --folder the text files of a
folder are measured beside the generated corpora; with --sizes 0, alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))

if __name__ == "__main__":
    # Worker processes import this file again: it must cost them nothing.
    from index_speed_run import main

    main()
