"""Write the licences of everything that a bundle brings along: licences.py FOLDER.

Runs in the environment that is bundled.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from incipit.services.licences import licences


def gather(folder: Path) -> None:
    """Write a folder of texts for each part."""
    for licence in licences():
        target = folder / re.sub(r"[^\w.-]+", "-", licence.name.lower())
        target.mkdir(parents=True, exist_ok=True)
        for number, (name, text) in enumerate(licence.texts):
            (target / f"{number:02d}-{name}").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    gather(Path(sys.argv[1]))
