"""The methods of Whoosh that are overridden or relied on are as they were when this was written.

A release of Whoosh that changes one of them fails here first: read what changed, adapt, and
write down the new digest (the assertion shows it).
"""

from __future__ import annotations

import hashlib
import inspect

import pytest
from whoosh.codec.base import Codec, FieldWriter, PerDocumentReader, Segment, TermsReader
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.matching.mcore import LeafMatcher
from whoosh.reading import SegmentReader
from whoosh.writing import IndexWriter, SegmentWriter

DIGESTS = {
    clean_files: "7cafb566a7fcc42f",
    Codec: "248e74e12f8df931",
    FieldWriter.add_postings: "a3caddab6fe02620",
    FileIndex.__init__: "94801837fae97882",
    FileIndex._reader: "f8c6372296abd8a3",
    IndexWriter.update_document: "118fb84b47916486",
    LeafMatcher: "643efac260d28e12",
    PerDocumentReader: "cdd4337d17367c72",
    Segment: "4ffb9ff2b9e91373",
    SegmentReader: "99e9f554074f5157",
    SegmentWriter.__init__: "e8290c0d39c2d463",
    SegmentWriter._cleanup_on_error: "59d969dce19a3ae4",
    SegmentWriter._close_segment: "f6f69d46aca1a701",
    SegmentWriter._finalize_segment: "6a50f86829f60280",
    SegmentWriter._finish: "9efc16e8afa7029d",
    SegmentWriter._flush_segment: "a4b79c8a3687febd",
    SegmentWriter.add_document: "209b64b147c6caf8",
    SegmentWriter.add_reader: "cfaf2abf0549c9b3",
    SegmentWriter.cancel: "ec941377b4ecf584",
    SegmentWriter.commit: "449759a90970fa4f",
    SegmentWriter.delete_document: "8a90a5a941d743c5",
    SegmentWriter.searcher: "77d745a0faef3f27",
    TermsReader: "00b7e6ef73aebaaf",
    TOC.read.__func__: "907b1ee63d503432",
    TOC.write: "98afd7fd561cd816",
}


def digest(thing):
    return hashlib.sha256(inspect.getsource(thing).encode()).hexdigest()[:16]


@pytest.mark.parametrize("thing", DIGESTS, ids=lambda thing: thing.__qualname__)
def test_whoosh_is_as_it_was(thing):
    assert digest(thing) == DIGESTS[thing], f"{thing.__qualname__} of Whoosh has changed"
