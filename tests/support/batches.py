"""Batches of files for one worker, in a folder with an index."""

from __future__ import annotations

from pathlib import Path

from incipit.services.ingestion import Batch
from incipit.store.records import FileTask


def batch(folder: Path, *tasks: FileTask, **options: object) -> Batch:
    """Return a batch whose segment and spools go into folders of ``folder``."""
    values = {
        "files": tasks,
        "prior": (),
        "limit_bytes": 100_000_000,
        "segment_folder": folder / "index",
        "spool_folder": folder / "incoming",
    }
    return Batch(**(values | options))  # type: ignore[arg-type] # the options of a test
