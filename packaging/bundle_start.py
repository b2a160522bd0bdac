"""Where the bundle starts: worker processes come in here too, and must be let through."""

from __future__ import annotations

import multiprocessing
import sys

from incipit.__main__ import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
