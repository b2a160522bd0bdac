"""An import from the paths a person gave to documents that can be read and searched.

The order of commits is the promise: a batch is in the store, with its place in the index
queue, before its segment is in the index, and only then do its queue rows go. A crash between
any two of these loses nothing and repeats harmlessly.
"""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice

from incipit.errors import Cancelled, UserError
from incipit.models import (
    FailedFile,
    FailedFiles,
    ImportReport,
    JobPhase,
    Source,
    SourceKind,
    TitleKind,
)
from incipit.services.ingestion import Batch, Ingested, ingest
from incipit.services.naming import name_documents
from incipit.services.rescan import LOOKUP, Whereabouts, forget_failures
from incipit.services.scanning import Scan, is_agreed
from incipit.services.tasks import ImportTask
from incipit.services.workers import Workers, batch_bytes
from incipit.services.workshop import Workshop
from incipit.store.records import FileTask, KnownFile, MovedFile, ScannedFile
from incipit.store.worklist import Worklist

#: Bytes of files in the first batches, small, so that something can be read at once; the others
#: are large, so that the index has few segments.
_FIRST_BYTES = (1 << 20, 4 << 20)
_BATCH_FILES = 4_000
_LAST_BATCHES = 4
#: Below this the work is done here: starting a process costs more.
_INLINE_BYTES = 2 << 20
_INLINE_FILES = 64
_PRIORS = 8
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
        self._failed = FailedFiles()
        self._left_out = FailedFiles()
        self._encodings: dict[int, Counter[str]] = {}
        self._sources: dict[str, Source] = {}
        self._untitled = array("q")

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
            with closing(Worklist()) as self._work:
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
            failed=self._failed,
            left_out=self._left_out,
            cancelled=cancelled,
            elapsed_s=shop.progress.elapsed_s,
        )

    def _run_phases(self) -> None:
        shop, task = self._shop, self._task
        shop.progress.enter(JobPhase.SCANNING)
        scan = self._scan()
        self._places = Whereabouts(shop.store, task.paths, self._work, shop.control)
        forget_failures(shop.store, task.paths, self._work)
        self._failed.extend(_named_once(self._places.absent, scan.failed))
        self._report = replace(self._report, hidden=scan.hidden)
        shop.store.record_failures(self._failed)
        shop.progress.failed = len(self._failed)
        shop.progress.enter(JobPhase.IMPORTING)
        self._import()
        self._report = replace(self._report, vanished=self._places.vanished())
        shop.update_index()
        name_documents(shop, self._untitled)

    def _scan(self) -> Scan:
        """Put what is to be imported into the worklist, and note all that was met."""
        shop, work = self._shop, self._work
        scan = Scan(self._task.paths, excluded=shop.own_folders, cancel=shop.control)
        files = scan.files()
        count = size_bytes = 0
        while part := list(islice(files, LOOKUP)):
            # A file may be named, and lie in a folder that was given too: it comes first named.
            some: dict[str, ScannedFile] = {}
            for file in part:
                some.setdefault(file.path, file)
            if len(self._task.paths) > 1:
                for path in work.met(tuple(some)):
                    del some[path]
            unusual = [path for path, file in some.items() if not self._is_agreed(file)]
            left_out = set(unusual) - set(shop.store.known_files(unusual))
            found = [file for path, file in some.items() if path not in left_out]
            self._left_out.extend(
                FailedFile(path, *_NEEDS_AGREEMENT) for path in unusual if path in left_out
            )
            work.add_files(found)
            work.note(tuple(left_out))
            count += len(found)
            size_bytes += sum(file.size_bytes for file in found)
        shop.progress.files_total, shop.progress.bytes_total = count, size_bytes
        work.note([failure.path for failure in scan.failed])
        return scan

    def _is_agreed(self, file: ScannedFile) -> bool:
        return self._task.other_files or is_agreed(file)

    def _import(self) -> None:
        shop, work = self._shop, self._work
        for files in work.files():
            self._compare(files)
        self._move(self._places.moved_by_inode())
        self._count_unchanged(*work.drop_doubtful())
        count, size_bytes = work.left()
        if count:
            shop.require_space(size_bytes)
        self._marks = self._places.marks()
        self._read()
        self._move(self._places.moved_by_content())
        self._read()

    def _read(self) -> None:
        """Read what is in the worklist, in other processes where that is worth their start."""
        shop = self._shop
        count, size_bytes = self._work.left()
        here = size_bytes <= _INLINE_BYTES and count <= _INLINE_FILES
        while count:
            workers = Workers(ingest, split=_halves, lost=_crashed, cancel=shop.control)
            with workers.results(self._batches(size_bytes), here=here) as results:
                for ingested in results:
                    self._keep(ingested)
                    shop.step()
            count, size_bytes = self._work.left()

    def _compare(self, files: Sequence[ScannedFile]) -> None:
        """Put those files into the worklist that are new or look changed, and the documents."""
        shop = self._shop
        known = shop.store.known_files([file.path for file in files])
        ids = iter(shop.store.reserve_ids(sum(file.path not in known for file in files)))
        tasks: list[FileTask] = []
        strays: list[tuple[str, KnownFile]] = []
        for file in files:
            if shop.control.is_set():
                raise Cancelled
            old = known.get(file.path)
            if old is None:
                tasks.append(self._task_for(file, next(ids)))
            elif not _unchanged(file, old) or _exchanged(file, old):
                tasks.append(_again(file, old))
                strays.append((file.path, old))
            else:
                self._count_unchanged(1, file.size_bytes)
        self._work.add_tasks(tasks)
        self._work.strays.add(strays, gone=False)

    def _count_unchanged(self, files: int, size_bytes: int) -> None:
        self._report = replace(self._report, unchanged=self._report.unchanged + files)
        self._shop.progress.advance(files, size_bytes)

    def _move(self, moves: Iterator[list[MovedFile]]) -> None:
        for some in moves:
            self._shop.store.move(some)
            followed = [file for file in some if not file.put_aside]
            self._report = replace(self._report, moved=self._report.moved + len(followed))
            self._shop.progress.advance(len(followed), sum(file.size_bytes for file in followed))
            self._shop.step()

    def _task_for(self, file: ScannedFile, document_id: int) -> FileTask:
        return FileTask(
            document_id,
            self._source_of(file).id,
            file.path,
            file.size_bytes,
            mtime_ns=file.mtime_ns,
            device=file.device,
            inode=file.inode,
        )

    def _source_of(self, file: ScannedFile) -> Source:
        """Return the source that holds ``file``, which an enclosing folder may be already."""
        if file.source_path not in self._sources:
            covering = _covering(self._shop.store.sources(), file.source_path)
            self._sources[file.source_path] = covering or self._shop.store.add_source(
                file.source_path, file.source_kind
            )
        return self._sources[file.source_path]

    def _batches(self, left_bytes: int) -> Iterator[Batch]:
        """Yield what is to be read in batches, each of one source, growing in size.

        Towards the end they shrink again, so that the workers end at about the same time.
        """
        grown = size_bytes = 0
        largest = batch_bytes()
        part: list[FileTask] = []
        for task in self._work.take():
            limit = _FIRST_BYTES[grown] if grown < len(_FIRST_BYTES) else largest
            limit = min(limit, max(left_bytes // _LAST_BATCHES, _FIRST_BYTES[-1]))
            if part and (
                len(part) == _BATCH_FILES
                or task.source_id != part[0].source_id
                or size_bytes + task.size_bytes > limit
            ):
                yield self._batch(tuple(part))
                left_bytes -= size_bytes
                grown += 1
                part, size_bytes = [], 0
            part.append(task)
            size_bytes += task.size_bytes
        if part:
            yield self._batch(tuple(part))

    def _batch(self, files: tuple[FileTask, ...]) -> Batch:
        return Batch(
            files=files,
            prior=self._priors(files[0].source_id),
            limit_bytes=self._task.limit_bytes,
            segment_folder=self._shop.segment_folder,
            spool_folder=self._shop.spool_folder,
            strays=self._marks,
        )

    def _keep(self, ingested: Ingested) -> None:
        """Commit what a worker made: store, index, then the queue rows."""
        shop = self._shop
        outcome = shop.write_batch(ingested.documents, ingested.failed, ingested.touched)
        for document in ingested.documents:
            self._encodings.setdefault(document.source_id, Counter())[document.encoding] += 1
            if document.title_kind is TitleKind.INCIPIT:
                self._untitled.append(document.id)
        self._failed.extend(ingested.failed)
        self._work.add_tasks(ingested.unread)
        self._work.strays.add_found(ingested.found)
        self._report = replace(
            self._report,
            added=self._report.added + outcome.added,
            updated=self._report.updated + outcome.updated,
            unchanged=self._report.unchanged + len(ingested.touched),
            copies=self._report.copies + outcome.copies,
        )
        shop.commit_segments(ingested.segments, outcome.queued)
        shop.progress.failed = len(self._failed)
        files = sum(map(len, (ingested.documents, ingested.touched, ingested.failed)))
        shop.progress.advance(files, ingested.read_bytes)
        shop.tell_committed()

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


def _named_once(
    absent: Sequence[FailedFile], failed: Sequence[FailedFile]
) -> tuple[FailedFile, ...]:
    """Return what is absent, and what failed besides: both may name the same folder."""
    named = {one.path for one in absent}
    return (*absent, *(one for one in failed if one.path not in named))


def _unchanged(file: ScannedFile, old: KnownFile) -> bool:
    return file.size_bytes == old.size_bytes and file.mtime_ns == old.mtime_ns


def _exchanged(file: ScannedFile, old: KnownFile) -> bool:
    """Return whether a file that looks as it did is another one, by its inode.

    Device numbers may be others after every start of the system.
    """
    return file.device == old.device and file.inode != old.inode


def _again(file: ScannedFile, old: KnownFile) -> FileTask:
    return FileTask(
        old.id,
        old.source_id,
        file.path,
        file.size_bytes,
        old.file_hash,
        old.encoding if old.encoding_chosen else None,
        mtime_ns=file.mtime_ns,
        device=file.device,
        inode=file.inode,
        doubtful=_unchanged(file, old),
    )


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
    return Ingested((), (), (), failed, (), (), 0)
