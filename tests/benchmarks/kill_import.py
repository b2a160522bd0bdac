"""Kill an import of a real folder at many random moments and report every broken promise.

python tests/benchmarks/kill_import.py FOLDER [--times 200] [--seed 1]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from killing import kill_at_random


def main() -> int:
    """Run the kills and return 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a folder of .txt files")
    parser.add_argument("--times", type=int, default=200, help="how many kills")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="incipit-kill-") as work:
        os.environ["XDG_CACHE_HOME"] = str(Path(work) / "cache")
        outcome = kill_at_random(
            options.folder.resolve(),
            Path(work),
            times=options.times,
            seed=options.seed,
            tell=lambda line: print(line, flush=True),
        )
    print(
        f"{outcome.kills} kills: {outcome.cut_short} cut an import short,"
        f" {outcome.finished} came after its end, {len(outcome.broken)} promises broken"
    )
    for broken in outcome.broken:
        print(f"  {broken}")
    return 1 if outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main())
