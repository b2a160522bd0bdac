"""An import from the paths a person gave to documents that can be read and searched.

The order of commits is the promise: a batch is in the store, with its place in the index
queue, before its segment is in the index, and only then do its queue rows go. A crash between
any two of these loses nothing and repeats harmlessly.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from incipit.errors import Cancelled, UserError
from incipit.models import FailedFile, ImportReport, JobPhase, Source, SourceKind, TitleKind
from incipit.services.ingestion import Batch, FileTask, Ingested, ingest
from incipit.services.naming import name_documents
from incipit.services.rescan import Missing, forget_failures
from incipit.services.scanning import Scan, ScannedFile
from incipit.services.tasks import ImportTask
from incipit.services.workers import Workers, batch_bytes
from incipit.services.workshop import Workshop
from incipit.store.records import KnownFile, MovedFile

#: Bytes of files in the first batches, small, so that something can be read at once; the others
#: are large, so that the index has few segments.
_FIRST_BYTES = (1 << 20, 4 << 20)
_BATCH_FILES = 4_000
_LAST_BATCHES = 4
#: Below this the work is done here: starting a process costs more.
_INLINE_BYTES = 2 << 20
_INLINE_FILES = 64
_PRIORS = 8
_LOOKUP = 500
_PLAIN = frozenset({"ascii", "utf-8"})

_CRASHED = (
    "crashed",
    "The program that read the file ended.",
    "The file may be damaged or need more memory than there is; please report it.",
)
_NEEDS_AGREEMENT = (
    "other-kind",
    "The name has none of the endings of text files.",
    "Agree to other kinds of files to import it.",
)


class ImportJob:
    """One run of an import on an open workshop."""

    def __init__(self, workshop: Workshop, task: ImportTask) -> None:
        self._shop = workshop
        self._task = task
        self._report = ImportReport()
        self._failed: list[FailedFile] = []
        self._left_out: list[FailedFile] = []
        self._encodings: dict[int, Counter[str]] = {}
        self._sources: dict[str, Source] = {}
        self._untitled: list[int] = []
        self._twice: list[FileTask] = []
        self._unread: list[FileTask] = []

    def run(self) -> ImportReport:
        """Import everything and return the report; cancelled work reports what it kept.

        Until it ends, or is cancelled for good, the import stands in the store as unfinished.

        Raises: UserError where the library cannot take more (disk full, not writable).
        """
        shop, task = self._shop, self._task
        number = shop.store.begin_import(
            task.paths, other_files=task.other_files, limit_bytes=task.limit_bytes
        )
        cancelled = False
        try:
            self._run_phases()
        except Cancelled:
            cancelled = True
        except UserError as problem:
            # What a full disk cut short goes on when the library opens next.
            if problem.code != "disk-full":
                shop.store.end_import(number)
            raise
        if not cancelled or shop.control.for_good:
            shop.store.end_import(number)
        shop.tell_committed()
        return replace(
            self._report,
            failed=tuple(self._failed),
            left_out=tuple(self._left_out),
            cancelled=cancelled,
            elapsed_s=shop.progress.elapsed_s,
        )

    def _run_phases(self) -> None:
        shop = self._shop
        shop.progress.enter(JobPhase.SCANNING)
        found, scan = self._scan()
        met = frozenset(one.path for part in (found, self._left_out, scan.failed) for one in part)
        self._missing = Missing(shop.store, self._task.paths, met)
        forget_failures(shop.store, self._task.paths, met)
        self._failed += scan.failed
        self._report = replace(self._report, hidden=scan.hidden)
        shop.store.record_failures(scan.failed)
        shop.progress.failed = len(self._failed)
        shop.progress.enter(JobPhase.IMPORTING)
        self._import(found)
        self._report = replace(self._report, vanished=self._missing.vanished())
        shop.update_index()
        name_documents(shop, self._untitled)

    def _scan(self) -> tuple[list[ScannedFile], Scan]:
        shop = self._shop
        scan = Scan(self._task.paths, excluded=shop.own_folders, cancel=shop.control)
        found: list[ScannedFile] = []
        unusual: list[ScannedFile] = []
        seen: set[str] = set()
        for file in scan.files():
            if file.path in seen:
                continue
            seen.add(file.path)
            (found if self._is_agreed(file) else unusual).append(file)
        known = shop.store.known_files([file.path for file in unusual])
        found += [file for file in unusual if file.path in known]
        self._left_out = [
            FailedFile(file.path, *_NEEDS_AGREEMENT) for file in unusual if file.path not in known
        ]
        shop.progress.files_total = len(found)
        shop.progress.bytes_total = sum(file.size_bytes for file in found)
        return found, scan

    def _is_agreed(self, file: ScannedFile) -> bool:
        return file.usual or file.named or self._task.other_files

    def _import(self, found: list[ScannedFile]) -> None:
        shop = self._shop
        to_read = list(self._changed(found))
        # A third of what every file takes in memory until the end.
        found.clear()
        sizes = {task.document_id: size for task, size in to_read}
        size_bytes = sum(sizes.values())
        shop.require_space(size_bytes)
        here = size_bytes <= _INLINE_BYTES and len(to_read) <= _INLINE_FILES
        tasks = [task for task, _ in to_read]
        while tasks:
            batches = self._batches(tasks, [sizes[task.document_id] for task in tasks])
            workers = Workers(ingest, split=_halves, lost=_crashed, cancel=shop.control)
            with workers.results(batches, here=here) as results:
                for ingested in results:
                    self._keep(ingested)
                    shop.step()
            tasks, self._unread = self._unread, []
        if self._twice:
            # Copies of one file that went: the first took its place, these are new.
            again = replace(self._batch(tuple(self._twice)), vanished={})
            self._twice = []
            self._keep(ingest(again))

    def _changed(self, found: list[ScannedFile]) -> Iterator[tuple[FileTask, int]]:
        """Yield a task for each file that is new or looks changed, with its size in bytes."""
        shop = self._shop
        for start in range(0, len(found), _LOOKUP):
            part = found[start : start + _LOOKUP]
            known = shop.store.known_files([file.path for file in part])
            new = [file for file in part if file.path not in known]
            ids = iter(shop.store.reserve_ids(len(new)))
            for file in part:
                if shop.control.is_set():
                    raise Cancelled
                old = known.get(file.path)
                if old is not None and _unchanged(file, old):
                    self._report = replace(self._report, unchanged=self._report.unchanged + 1)
                    shop.progress.advance(1, file.size_bytes)
                    continue
                if old is None and self._was_renamed(file):
                    next(ids)
                    continue
                yield self._task_for(file, old, old.id if old else next(ids)), file.size_bytes

    def _was_renamed(self, file: ScannedFile) -> bool:
        moved = self._missing.found_by_inode(file, self._source_of(file).id)
        if moved is None:
            return False
        self._move([moved])
        self._shop.progress.advance(1, file.size_bytes)
        return True

    def _move(self, moved: Sequence[MovedFile]) -> None:
        self._shop.store.move(moved)
        self._report = replace(self._report, moved=self._report.moved + len(moved))

    def _task_for(self, file: ScannedFile, old: KnownFile | None, document_id: int) -> FileTask:
        if old is not None:
            encoding = old.encoding if old.encoding_chosen else None
            return FileTask(document_id, old.source_id, file.path, old.file_hash, encoding)
        return FileTask(document_id, self._source_of(file).id, file.path)

    def _source_of(self, file: ScannedFile) -> Source:
        """Return the source that holds ``file``, which an enclosing folder may be already."""
        if file.source_path not in self._sources:
            covering = _covering(self._shop.store.sources(), file.source_path)
            self._sources[file.source_path] = covering or self._shop.store.add_source(
                file.source_path, file.source_kind
            )
        return self._sources[file.source_path]

    def _batches(self, tasks: list[FileTask], sizes: list[int]) -> Iterator[Batch]:
        """Yield the tasks in batches, each of one source, growing in size.

        Towards the end they shrink again, so that the workers end at about the same time.
        """
        grown = 0
        start = 0
        largest = batch_bytes()
        left_bytes = sum(sizes)
        while start < len(tasks):
            limit = _FIRST_BYTES[grown] if grown < len(_FIRST_BYTES) else largest
            limit = min(limit, max(left_bytes // _LAST_BATCHES, _FIRST_BYTES[-1]))
            source_id = tasks[start].source_id
            end, size_bytes = start, 0
            while (
                end < len(tasks)
                and end - start < _BATCH_FILES
                and tasks[end].source_id == source_id
                and (end == start or size_bytes + sizes[end] <= limit)
            ):
                size_bytes += sizes[end]
                end += 1
            yield self._batch(tuple(tasks[start:end]))
            left_bytes -= size_bytes
            start = end
            grown += 1

    def _batch(self, files: tuple[FileTask, ...]) -> Batch:
        return Batch(
            files=files,
            prior=self._priors(files[0].source_id),
            limit_bytes=self._task.limit_bytes,
            segment_folder=self._shop.segment_folder,
            vanished=self._missing.hashes(),
        )

    def _keep(self, ingested: Ingested) -> None:
        """Commit what a worker made: store, index, then the queue rows."""
        shop = self._shop
        outcome = shop.store.write_batch(
            ingested.documents, failures=ingested.failed, touched=ingested.touched
        )
        for document in ingested.documents:
            self._encodings.setdefault(document.source_id, Counter())[document.encoding] += 1
            if document.title_kind is TitleKind.INCIPIT:
                self._untitled.append(document.id)
        self._failed += ingested.failed
        self._unread += ingested.unread
        self._keep_moved(ingested.moved)
        self._report = replace(
            self._report,
            added=self._report.added + outcome.added,
            updated=self._report.updated + outcome.updated,
            unchanged=self._report.unchanged + len(ingested.touched),
            copies=self._report.copies + outcome.copies,
        )
        shop.commit_segment(ingested.segment, outcome.queued)
        shop.progress.failed = len(self._failed)
        files = sum(
            map(len, (ingested.documents, ingested.touched, ingested.moved, ingested.failed))
        )
        shop.progress.advance(files, ingested.read_bytes)
        shop.tell_committed()

    def _keep_moved(self, moved: Sequence[MovedFile]) -> None:
        claimed = [(file, self._missing.claim(file)) for file in moved]
        first = [found for _, found in claimed if found is not None]
        if first:
            self._move(first)
        others = [file for file, found in claimed if found is None]
        ids = self._shop.store.reserve_ids(len(others)) if others else ()
        self._twice += [
            FileTask(number, file.source_id, file.path)
            for number, file in zip(ids, others, strict=True)
        ]

    def _priors(self, source_id: int) -> tuple[str, ...]:
        if source_id not in self._encodings:
            self._encodings[source_id] = Counter(self._shop.store.encodings(source_id))
        common = self._encodings[source_id].most_common(_PRIORS)
        return tuple(name for name, _ in common if name not in _PLAIN)


def resume_imports(shop: Workshop) -> ImportReport:
    """Take up every import that a crash or a restart cut short; return the last's report.

    Raises: as :meth:`ImportJob.run`.
    """
    report = ImportReport()
    for unfinished in shop.store.unfinished_imports():
        task = ImportTask(unfinished.paths, unfinished.other_files, unfinished.limit_bytes)
        report = ImportJob(shop, task).run()
        if report.cancelled:
            raise Cancelled
    return report


def _unchanged(file: ScannedFile, old: KnownFile) -> bool:
    return file.size_bytes == old.size_bytes and file.mtime_ns == old.mtime_ns


def _covering(sources: tuple[Source, ...], path: str) -> Source | None:
    """Return the folder among ``sources`` that ``path`` is or lies in, the nearest first."""
    holding = [
        source
        for source in sources
        if source.kind is SourceKind.FOLDER
        and (path == source.path or path.startswith(source.path.rstrip(os.sep) + os.sep))
    ]
    return max(holding, key=lambda source: len(source.path), default=None)


def _halves(batch: Batch) -> tuple[Batch, ...]:
    middle = len(batch.files) // 2
    if middle == 0:
        return ()
    return replace(batch, files=batch.files[:middle]), replace(batch, files=batch.files[middle:])


def _crashed(batch: Batch) -> Ingested:
    failed = tuple(FailedFile(task.path, *_CRASHED) for task in batch.files)
    return Ingested((), (), (), failed, (), None, 0)
